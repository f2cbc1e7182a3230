import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import type { FullInvoiceSchedule } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { FormConflictBar } from '@/components/patterns/FormConflictBar';
import { useSharedForm } from '@/components/patterns/use-shared-form';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { scheduleOptions, useUpdateSchedule } from '@/queries/invoiceSchedules';
import { useOrgId } from '@/queries/org';
import { PreviewDays } from './NextDays';
import { RhythmFields } from './RhythmFields';
import { type RhythmValues, rhythmChange, rhythmValues } from './rhythm-model';

export interface RhythmDialogProps {
  schedule: FullInvoiceSchedule;
  onClose: () => void;
}

/** Other days for what recurs. What was made stays. */
export function RhythmDialog({ schedule, onClose }: RhythmDialogProps) {
  const t = useT();
  return (
    <Dialog
      open
      sticky
      onOpenChange={onClose}
      title={t('recurring.changeDays')}
      description={t('recurring.changeDaysAbout')}
    >
      <RhythmForm schedule={schedule} onClose={onClose} />
    </Dialog>
  );
}

function RhythmForm({ schedule, onClose }: RhythmDialogProps) {
  const t = useT();
  const client = useQueryClient();
  const org = useOrgId();
  const update = useUpdateSchedule();
  const form = useForm<RhythmValues>({ defaultValues: rhythmValues(schedule) });
  const { submit, saving, dirty, conflict } = useSharedForm({
    form,
    entity: schedule,
    values: rhythmValues,
    write: (_, version) =>
      update.mutateAsync({ id: schedule.id, version, change: rhythmChange(schedule, form.getValues()) }),
    refetch: () => client.fetchQuery({ ...scheduleOptions(org, schedule.id), staleTime: 0 }),
    onSaved: () => {
      toast({ title: t('invoices.saved'), tone: 'success' });
      onClose();
    },
  });
  const labels: Record<keyof RhythmValues, string> = {
    startOn: t('recurring.startOn'),
    every: t('recurring.every'),
    period: t('recurring.period'),
    calendar: t('recurring.calendar'),
    endKind: t('recurring.end'),
    endOn: t('recurring.endOn'),
    endAfter: t('recurring.endAfter'),
    autoIssue: t('recurring.autoIssue'),
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FormSummary message={form.formState.errors.root?.server?.message} />
      <FormConflictBar conflict={conflict} labels={labels} text={(_, value) => String(value)} busy={saving} />
      <RhythmFields form={form} />
      <section className="flex flex-col gap-2 rounded-control bg-sunken p-3">
        <h3 className="font-medium text-dense">{t('recurring.nextDays')}</h3>
        <PreviewDays values={form.watch()} />
      </section>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('patterns.cancel')}</Button>
        <Button type="submit" variant="primary" disabled={!dirty || conflict !== undefined} busy={saving}>
          {t('invoices.save')}
        </Button>
      </div>
    </form>
  );
}
