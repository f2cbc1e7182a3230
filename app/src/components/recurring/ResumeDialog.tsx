import { useState } from 'react';
import type { FullInvoiceSchedule } from '@/api/schema';
import { dialogProblem } from '@/components/patterns/tell';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { RadioGroup } from '@/components/ui/radio';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useResumeSchedule } from '@/queries/invoiceSchedules';

type Missed = 'make' | 'skip';

/** Goes on; what fell into the time between is made now, or left out. */
export function ResumeDialog({ schedule, onClose }: { schedule: FullInvoiceSchedule; onClose: () => void }) {
  const t = useT();
  const resume = useResumeSchedule();
  // What stopped by itself is owed; whoever paused wanted nothing.
  const [missed, setMissed] = useState<Missed>(schedule.status === 'stopped' ? 'make' : 'skip');
  const confirm = () =>
    resume.mutate(
      { id: schedule.id, version: schedule.version, missed },
      {
        onSuccess: () => {
          toast({ title: t('recurring.resumed'), tone: 'success' });
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog
      open
      tone="normal"
      onOpenChange={onClose}
      title={t('recurring.resumeTitle')}
      description={t('recurring.resumeText')}
      confirmLabel={t('recurring.resume')}
      busy={resume.isPending}
      error={dialogProblem(t, resume.error)}
      onConfirm={confirm}
    >
      <RadioGroup
        label={t('recurring.missed')}
        value={missed}
        onValueChange={setMissed}
        options={[
          { value: 'skip', label: t('recurring.missed.skip'), hint: t('recurring.missedHint.skip') },
          { value: 'make', label: t('recurring.missed.make'), hint: t('recurring.missedHint.make') },
        ]}
      />
    </ConfirmDialog>
  );
}
