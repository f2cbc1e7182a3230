import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { FullInvoice } from '@/api/schema';
import { EditorSkeleton } from '@/components/invoices/EditorSkeleton';
import { InvoiceView } from '@/components/invoices/InvoiceView';
import { InBreadcrumb } from '@/components/layout/TopBar';
import { lazyPart } from '@/components/patterns/lazy-part';
import { QueryStates } from '@/components/patterns/QueryStates';
import { useNarrow } from '@/components/patterns/use-media';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { taxRatesOptions } from '@/queries/catalogue';
import { invoiceOptions } from '@/queries/invoices';
import { useOrgId } from '@/queries/org';

// Whoever reads an issued invoice needs no form.
const DraftEditor = lazyPart(() => import('@/components/invoices/DraftEditor').then((m) => m.DraftEditor), {
  waiting: <EditorSkeleton />,
});

const route = getRouteApi('/o/$slug/invoices/$invoiceId');

/** One invoice: its editor while it is a draft, its paper and its money afterwards. */
export function InvoicePage() {
  const t = useT();
  const { invoiceId } = route.useParams();
  const { data, ...query } = useQuery(invoiceOptions(useOrgId(), invoiceId));
  const narrow = useNarrow();
  const mayWrite = useCan('invoices_update');
  return (
    <div className="mx-auto w-full max-w-360 p-4 sm:p-6 print:p-0">
      {data && (
        <>
          {/* The acts need the room; the number stands on the paper. */}
          {!narrow && <InBreadcrumb>{data.number ?? t('invoices.status.draft')}</InBreadcrumb>}
          <h1 className="sr-only">{data.number ?? t('invoices.draftOf', { name: data.customerName })}</h1>
        </>
      )}
      <QueryStates query={{ ...query, data }} skeleton={<EditorSkeleton />}>
        {data &&
          (data.status === 'draft' && mayWrite ? (
            <Editing key={data.id} invoice={data} />
          ) : (
            <InvoiceView key={data.id} invoice={data} />
          ))}
      </QueryStates>
    </div>
  );
}

function Editing({ invoice }: { invoice: FullInvoice }) {
  const org = useOrgId();
  const navigate = route.useNavigate();
  const { ask } = route.useSearch();
  const taxRates = useQuery(taxRatesOptions(org));
  return (
    <QueryStates query={taxRates} skeleton={<EditorSkeleton />}>
      {taxRates.data && (
        <DraftEditor
          invoice={invoice}
          taxRates={taxRates.data}
          asking={ask === 'issue'}
          onAsked={() => void navigate({ search: {}, replace: true })}
        />
      )}
    </QueryStates>
  );
}
