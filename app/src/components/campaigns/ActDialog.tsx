import type { ReactNode } from 'react';
import { dialogProblem } from '@/components/patterns/tell';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { type CampaignAct, useCampaignAct } from '@/queries/campaigns';

export interface ActDialogProps {
  campaign: { id: string; version: number };
  act: CampaignAct;
  /** Nothing of it has left: there is less to say. */
  early?: boolean;
  /** What it means in figures. */
  children?: ReactNode;
  onClose: () => void;
  onDone?: () => void;
}

/** Says what will happen, and does it. */
export function ActDialog({ campaign: { id, version }, act, early = false, ...props }: ActDialogProps) {
  const t = useT();
  const { children, onClose, onDone } = props;
  const write = useCampaignAct();
  const confirm = () =>
    write.mutate(
      { id, version, act },
      {
        onSuccess: () => {
          toast({ title: t(`campaigns.done.${act}`), tone: 'success' });
          onClose();
          onDone?.();
        },
      },
    );
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t(`campaigns.askTitle.${act}`)}
      description={act === 'cancel' && early ? t('campaigns.cancelEarly') : t(`campaigns.askText.${act}`)}
      confirmLabel={t(`campaigns.act.${act}`)}
      tone={act === 'cancel' ? 'danger' : 'normal'}
      busy={write.isPending}
      error={dialogProblem(t, write.error)}
      onConfirm={confirm}
    >
      {children}
    </ConfirmDialog>
  );
}
