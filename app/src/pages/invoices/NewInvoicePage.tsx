import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Stamp } from 'lucide-react';
import { useForm } from 'react-hook-form';
import type { Customer, InvoiceSettings, Settings, TaxRate } from '@/api/schema';
import { type DraftValues, draftBody, emptyLine, unreadable } from '@/components/invoices/draft-model';
import { applyDraftProblem, isComplete } from '@/components/invoices/draft-problem';
import { EditorSkeleton } from '@/components/invoices/EditorSkeleton';
import { InvoiceEditor } from '@/components/invoices/InvoiceEditor';
import { InBreadcrumb } from '@/components/layout/TopBar';
import { QueryStates } from '@/components/patterns/QueryStates';
import { useNarrow } from '@/components/patterns/use-media';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { taxRatesOptions } from '@/queries/catalogue';
import { customerOptions } from '@/queries/customers';
import { invoiceSettingsOptions, useCreateInvoice } from '@/queries/invoices';
import { useOrgId } from '@/queries/org';
import { settingsOptions } from '@/queries/settings';

const route = getRouteApi('/o/$slug/invoices/new');

/** A new draft; it is stored when one saves it. */
export function NewInvoicePage() {
  const t = useT();
  const org = useOrgId();
  const { customer: customerId } = route.useSearch();
  const narrow = useNarrow();
  const maySeeSettings = useCan('settings_get');
  const settings = useQuery(invoiceSettingsOptions(org));
  const taxRates = useQuery(taxRatesOptions(org));
  const general = useQuery({ ...settingsOptions(org), enabled: maySeeSettings });
  const customer = useQuery({ ...customerOptions(org, customerId ?? ''), enabled: customerId !== undefined });
  const waiting = [
    settings,
    taxRates,
    ...(maySeeSettings ? [general] : []),
    ...(customerId ? [customer] : []),
  ];
  const first = waiting.find(({ data }) => data === undefined) ?? settings;
  return (
    <div className="mx-auto w-full max-w-360 p-4 sm:p-6">
      {!narrow && <InBreadcrumb>{t('invoices.newShort')}</InBreadcrumb>}
      <h1 className="sr-only">{t('invoices.new')}</h1>
      <QueryStates query={first} skeleton={<EditorSkeleton />}>
        {settings.data && taxRates.data && (
          <NewDraft
            settings={settings.data}
            taxRates={taxRates.data}
            general={general.data}
            customer={customer.data}
          />
        )}
      </QueryStates>
    </div>
  );
}

interface NewDraftProps {
  settings: InvoiceSettings;
  taxRates: readonly TaxRate[];
  general: Settings | undefined;
  customer: Customer | undefined;
}

function beginning({ settings, taxRates, general, customer }: NewDraftProps): DraftValues {
  const usual = taxRates.find(({ kind, standing }) => kind === 'rated' && standing === 'active')?.id ?? null;
  return {
    customer: customer ? { value: customer.id, label: customer.name } : null,
    // The setting is one of the server's currencies; its own type is the text of a form.
    currency: (general?.currency ?? 'NPR') as DraftValues['currency'],
    dueDays: String(settings.dueDays),
    poNumber: '',
    notes: settings.notes,
    terms: settings.terms,
    discountKind: 'percent',
    discount: '',
    lines: [emptyLine(usual)],
  };
}

function NewDraft(props: NewDraftProps) {
  const t = useT();
  const { slug } = route.useParams();
  const navigate = route.useNavigate();
  const form = useForm<DraftValues>({ defaultValues: beginning(props) });
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
      taxRates={props.taxRates}
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
