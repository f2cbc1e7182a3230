import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Printer, Scale } from 'lucide-react';
import type { InvoiceAgeing } from '@/api/schema';
import { InvoiceTabs } from '@/components/invoices/InvoiceTabs';
import { readCustomerSearch } from '@/components/invoices/search';
import { DataTable } from '@/components/patterns/DataTable';
import { EmptyState } from '@/components/patterns/EmptyState';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import type { DataColumn } from '@/components/patterns/table-model';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { invoiceAgeingOptions } from '@/queries/invoices';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';

const route = getRouteApi('/o/$slug/invoices/ageing');

/** Who owes how much, and for how long already. */
export function AgeingPage() {
  const t = useT();
  const { slug } = route.useParams();
  const navigate = route.useNavigate();
  const columns = useColumns();
  const list = useInfiniteQuery(invoiceAgeingOptions(useOrgId()));
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      <PageHeader
        title={t('invoices.ageing')}
        description={t('invoices.ageingAbout')}
        actions={
          <Button icon={<Printer />} onClick={() => window.print()}>
            {t('invoices.print')}
          </Button>
        }
        tabs={<InvoiceTabs current="ageing" />}
      />
      <QueryStates query={list}>
        <DataTable
          label={t('invoices.ageing')}
          columns={columns}
          rows={rows(list.data)}
          rowId={({ customerId, currency }) => `${customerId} ${currency}`}
          rowLabel={({ customerName }) => customerName}
          onOpen={({ customerId, currency }) =>
            void navigate({
              to: '/o/$slug/invoices/customers/$customerId',
              params: { slug, customerId },
              search: readCustomerSearch({ tab: 'statement', currency }),
            })
          }
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          empty={
            <EmptyState
              icon={<Scale />}
              title={t('invoices.ageingNone')}
              description={t('invoices.ageingNoneText')}
            />
          }
        />
      </QueryStates>
    </div>
  );
}

const spans = [
  { id: 'current', label: 'invoices.ageCurrent' },
  { id: 'days30', label: 'invoices.age30' },
  { id: 'days60', label: 'invoices.age60' },
  { id: 'days90', label: 'invoices.age90' },
  { id: 'older', label: 'invoices.ageOlder' },
] as const;

function useColumns(): DataColumn<InvoiceAgeing>[] {
  const t = useT();
  const format = useFormat();
  return [
    {
      id: 'customer',
      header: t('invoices.customer'),
      width: 'minmax(160px, 2fr)',
      card: 'title',
      cell: ({ customerName }) => <span className="truncate font-medium">{customerName}</span>,
    },
    ...spans.map(({ id, label }): DataColumn<InvoiceAgeing> => {
      return {
        id,
        header: t(label),
        width: 'minmax(116px, 1fr)',
        align: 'end',
        cell: (row) => (
          <span
            className={`num ${row[id].amount === 0 ? 'text-muted' : id === 'older' || id === 'days90' ? 'text-danger' : ''}`}
          >
            {row[id].amount === 0 ? '–' : format.money(row[id])}
          </span>
        ),
        isEmpty: (row) => row[id].amount === 0,
      };
    }),
    {
      id: 'total',
      header: t('invoices.total'),
      width: 'minmax(128px, 1fr)',
      align: 'end',
      cell: ({ total }) => <span className="num font-semibold">{format.money(total)}</span>,
    },
  ];
}
