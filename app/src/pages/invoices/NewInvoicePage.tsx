import { getRouteApi } from '@tanstack/react-router';
import { Stamp } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { type DraftValues, draftBody, unreadable } from '@/components/invoices/draft-model';
import { applyDraftProblem, isComplete } from '@/components/invoices/draft-problem';
import { EditorSkeleton } from '@/components/invoices/EditorSkeleton';
import { InvoiceEditor } from '@/components/invoices/InvoiceEditor';
import { type Beginning, useBeginning } from '@/components/invoices/use-beginning';
import { InBreadcrumb } from '@/components/layout/TopBar';
import { QueryStates } from '@/components/patterns/QueryStates';
import { useNarrow } from '@/components/patterns/use-media';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { useCreateInvoice } from '@/queries/invoices';

const route = getRouteApi('/o/$slug/invoices/new');

/** A new draft; it is stored when one saves it. */
export function NewInvoicePage() {
  const t = useT();
  const { customer } = route.useSearch();
  const narrow = useNarrow();
  const { query, beginning } = useBeginning(customer);
  return (
    <div className="mx-auto w-full max-w-360 p-4 sm:p-6">
      {!narrow && <InBreadcrumb>{t('invoices.newShort')}</InBreadcrumb>}
      <h1 className="sr-only">{t('invoices.new')}</h1>
      <QueryStates query={query} skeleton={<EditorSkeleton />}>
        {beginning && <NewDraft {...beginning} />}
      </QueryStates>
    </div>
  );
}

function NewDraft({ values: first, taxRates }: Beginning) {
  const t = useT();
  const { slug } = route.useParams();
  const navigate = route.useNavigate();
  const form = useForm<DraftValues>({ defaultValues: first });
  const create = useCreateInvoice();
  const mayIssue = useCan('invoices_issue');
  const store = async (next: { ask?: 'issue' }) => {
    // Made already, and the next page is on its way: a second one would be another invoice.
    if (create.isPending || create.isSuccess) return;
    const values = form.getValues();
    if (!isComplete(form, t) || unreadable(values).length > 0) return;
    try {
      const made = await create.mutateAsync(draftBody(values));
      if (!next.ask) toast({ title: t('invoices.saved'), tone: 'success' });
      await navigate({
        to: '/o/$slug/invoices/$invoiceId',
        params: { slug, invoiceId: made.id },
        search: next,
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
      dirty={form.formState.isDirty}
      saving={create.isPending}
      onSave={() => void store({})}
      acts={
        mayIssue && (
          <Button variant="primary" icon={<Stamp />} onClick={() => void store({ ask: 'issue' })}>
            {t('invoices.issueAsk')}
          </Button>
        )
      }
    />
  );
}
