import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import type { FullInvoiceSchedule, TaxRate } from '@/api/schema';
import { type DraftValues, draftValues, unreadable } from '@/components/invoices/draft-model';
import { applyDraftProblem, isComplete } from '@/components/invoices/draft-problem';
import { InvoiceEditor } from '@/components/invoices/InvoiceEditor';
import { type DraftSource, useDraft } from '@/components/invoices/use-draft';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { scheduleOptions, useUpdateSchedule } from '@/queries/invoiceSchedules';
import { useOrgId } from '@/queries/org';

export interface ScheduleEditorProps {
  schedule: FullInvoiceSchedule;
  taxRates: readonly TaxRate[];
}

/** What the next invoices will say. */
export function ScheduleEditor({ schedule, taxRates }: ScheduleEditorProps) {
  const t = useT();
  const form = useForm<DraftValues>({ defaultValues: draftValues(schedule) });
  const draft = useDraft(form, useSource(schedule));
  const save = async () => {
    if (!draft.dirty || !isComplete(form, t) || unreadable(form.getValues()).length > 0) return;
    try {
      if (await draft.save()) toast({ title: t('invoices.saved'), tone: 'success' });
    } catch (error) {
      applyDraftProblem(form, error, t);
    }
  };
  return (
    <InvoiceEditor
      form={form}
      taxRates={taxRates}
      dirty={draft.dirty}
      saving={draft.saving}
      conflict={draft.conflict}
      onSave={() => void save()}
      saveLabel={t('invoices.save')}
      issuedOn={schedule.nextOn ?? undefined}
    />
  );
}

function useSource(schedule: FullInvoiceSchedule): DraftSource<FullInvoiceSchedule> {
  const client = useQueryClient();
  const org = useOrgId();
  const update = useUpdateSchedule();
  return {
    entity: schedule,
    values: draftValues,
    isOpen: ({ status }) => status !== 'ended',
    write: update.mutateAsync,
    writing: update.isPending,
    refetch: () => client.fetchQuery({ ...scheduleOptions(org, schedule.id), staleTime: 0 }),
  };
}
