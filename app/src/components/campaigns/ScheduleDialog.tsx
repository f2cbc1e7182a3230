import type { ReactNode } from 'react';
import { dialogProblem } from '@/components/patterns/tell';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useScheduleCampaign } from '@/queries/campaigns';

export interface ScheduleDialogProps {
  campaign: { id: string; version: number };
  at: string;
  children: ReactNode;
  onClose: () => void;
  onDone: () => void;
}

/** It leaves by itself at its time: that is said before. */
export function ScheduleDialog({ campaign, at, children, onClose, onDone }: ScheduleDialogProps) {
  const t = useT();
  const format = useFormat();
  const schedule = useScheduleCampaign();
  const confirm = () =>
    schedule.mutate(
      { ...campaign, at },
      {
        onSuccess: () => {
          toast({ title: t('campaigns.scheduled', { time: format.dateTime(at) }), tone: 'success' });
          onClose();
          onDone();
        },
      },
    );
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      tone="normal"
      title={t('campaigns.scheduleTitle')}
      description={t('campaigns.scheduledText')}
      confirmLabel={t('campaigns.schedule')}
      busy={schedule.isPending}
      error={dialogProblem(t, schedule.error)}
      onConfirm={confirm}
    >
      {children}
    </ConfirmDialog>
  );
}
