import { getRouteApi } from '@tanstack/react-router';
import { Repeat } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { type DraftValues, draftBody, unreadable } from '@/components/invoices/draft-model';
import { applyDraftProblem, isComplete } from '@/components/invoices/draft-problem';
import { EditorSkeleton } from '@/components/invoices/EditorSkeleton';
import { InvoiceEditor } from '@/components/invoices/InvoiceEditor';
import { type Beginning, useBeginning } from '@/components/invoices/use-beginning';
import { InBreadcrumb } from '@/components/layout/TopBar';
import { QueryStates } from '@/components/patterns/QueryStates';
import { useNarrow } from '@/components/patterns/use-media';
import { PreviewDays } from '@/components/recurring/NextDays';
import { RhythmFields } from '@/components/recurring/RhythmFields';
import { firstRhythm, type RhythmValues, rhythmBody } from '@/components/recurring/rhythm-model';
import { usePreferences } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { today } from '@/lib/time';
import { useCreateSchedule } from '@/queries/invoiceSchedules';

const route = getRouteApi('/o/$slug/invoices/recurring/new');

/** Lets an invoice recur. */
export function NewRecurringPage() {
  const t = useT();
  const { customer } = route.useSearch();
  const narrow = useNarrow();
  const { query, beginning } = useBeginning(customer);
  return (
    <div className="mx-auto w-full max-w-360 p-4 sm:p-6">
      {!narrow && <InBreadcrumb>{t('recurring.new')}</InBreadcrumb>}
      <h1 className="sr-only">{t('recurring.new')}</h1>
      <QueryStates query={query} skeleton={<EditorSkeleton />}>
        {beginning && <NewSchedule {...beginning} />}
      </QueryStates>
    </div>
  );
}

function NewSchedule({ values: first, taxRates }: Beginning) {
  const t = useT();
  const { slug } = route.useParams();
  const navigate = route.useNavigate();
  const { timeZone, calendar } = usePreferences();
  const form = useForm<DraftValues>({ defaultValues: first });
  const rhythm = useForm<RhythmValues>({ defaultValues: firstRhythm(today(timeZone), calendar) });
  const create = useCreateSchedule();
  const values = rhythm.watch();
  const store = async () => {
    // Made already, and the next page is on its way.
    if (create.isPending || create.isSuccess) return;
    const complete = isComplete(form, t);
    if (!(await rhythm.trigger()) || !complete || unreadable(form.getValues()).length > 0) return;
    const days = rhythmBody(rhythm.getValues());
    if (!days) return;
    try {
      const { autoIssue } = rhythm.getValues();
      const made = await create.mutateAsync({ ...draftBody(form.getValues()), ...days, autoIssue });
      toast({ title: t('recurring.created'), tone: 'success' });
      await navigate({
        to: '/o/$slug/invoices/recurring/$scheduleId',
        params: { slug, scheduleId: made.id },
        replace: true,
        ignoreBlocker: true,
      });
    } catch (error) {
      applyDraftProblem(form, error, t);
    }
  };
  return (
    <InvoiceEditor
      form={form}
      taxRates={taxRates}
      dirty={form.formState.isDirty || rhythm.formState.isDirty}
      saving={create.isPending}
      onSave={() => void store()}
      saveLabel={t('recurring.begin')}
      saveIcon={<Repeat />}
      issuedOn={values.startOn ?? undefined}
    >
      <section
        aria-label={t('recurring.rhythm')}
        className="grid gap-6 rounded-dialog bg-surface p-4 shadow-raised sm:p-5 md:grid-cols-[minmax(0,1fr)_232px]"
      >
        <RhythmFields form={rhythm} />
        <div className="flex flex-col gap-2 md:border-line md:border-l md:pl-5">
          <h2 className="font-medium text-dense">{t('recurring.nextDays')}</h2>
          <PreviewDays values={values} />
        </div>
      </section>
    </InvoiceEditor>
  );
}
