import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Download, Plus, ReceiptText } from 'lucide-react';
import { useRef } from 'react';
import { InvoiceTable } from '@/components/invoices/InvoiceTable';
import { InvoiceTabs } from '@/components/invoices/InvoiceTabs';
import { PeriodFilter } from '@/components/invoices/PeriodFilter';
import { invoicesQuery } from '@/components/invoices/query';
import { StatusViews } from '@/components/invoices/StatusViews';
import { type InvoicesSearch, readInvoicesSearch } from '@/components/invoices/search';
import { useCustomerOptions } from '@/components/invoices/use-customer-options';
import { EmptyState } from '@/components/patterns/EmptyState';
import { FilterBar } from '@/components/patterns/FilterBar';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import { tellProblem } from '@/components/patterns/tell';
import { useSearchText } from '@/components/patterns/use-search-text';
import { Button } from '@/components/ui/button';
import { useT } from '@/i18n/i18n';
import { saveFile } from '@/lib/download';
import { usePalette } from '@/lib/palette';
import { useHotkeys } from '@/lib/use-hotkeys';
import { useCan } from '@/queries/bootstrap';
import { customerOptions } from '@/queries/customers';
import { invoiceListOptions, useExportInvoices } from '@/queries/invoices';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';

const route = getRouteApi('/o/$slug/invoices');

/** The invoices of the organization: by state, customer, day and words. */
export function InvoicesPage() {
  const t = useT();
  const org = useOrgId();
  const root = useRef<HTMLDivElement>(null);
  const search = route.useSearch();
  const { slug } = route.useParams();
  const navigate = route.useNavigate();
  const mayCreate = useCan('invoices_create');
  const query = invoicesQuery(search);
  const list = useInfiniteQuery(invoiceListOptions(org, { ...query, count: true }));
  const filtered = Object.keys(query).some((key) => key !== 'sort');

  const set = (change: Partial<InvoicesSearch>) =>
    void navigate({ search: (before) => readInvoicesSearch({ ...before, ...change }), replace: true });
  const create = () => void navigate({ to: '/o/$slug/invoices/new', params: { slug } });
  useHotkeys([
    ...(mayCreate ? [{ keys: 'c', label: t('invoices.new'), group: t('nav.invoices'), run: create }] : []),
    {
      keys: '/',
      label: t('invoices.search'),
      group: t('nav.invoices'),
      run: () => root.current?.querySelector<HTMLInputElement>('input[type="search"]')?.focus(),
    },
  ]);
  usePalette(
    mayCreate
      ? [{ id: 'invoices.new', label: t('invoices.new'), icon: <Plus />, keys: 'c', run: create }]
      : [],
  );
  const newButton = mayCreate && (
    <Button asChild variant="primary">
      <Link to="/o/$slug/invoices/new" params={{ slug }}>
        <Plus />
        {t('invoices.new')}
      </Link>
    </Button>
  );
  return (
    <div ref={root} className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      <PageHeader
        title={t('nav.invoices')}
        actions={
          <>
            <ExportButton search={search} />
            {newButton}
          </>
        }
        tabs={<InvoiceTabs current="invoices" />}
      />
      <StatusViews search={search} onPick={(view) => set({ view })} />
      <Filters search={search} onChange={set} />
      <QueryStates query={list}>
        <InvoiceTable
          rows={rows(list.data)}
          total={list.data?.pages[0]?.totalCount}
          sort={search.sort ?? '-createdAt'}
          onSortChange={(sort) => set(readInvoicesSearch({ ...search, sort: sort ?? undefined }))}
          onOpen={({ id }) =>
            void navigate({ to: '/o/$slug/invoices/$invoiceId', params: { slug, invoiceId: id } })
          }
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          empty={
            <EmptyState
              icon={<ReceiptText />}
              title={filtered ? t('invoices.noneFound') : t('invoices.noneTitle')}
              description={filtered ? t('invoices.noneFoundText') : t('invoices.noneText')}
              action={
                filtered ? (
                  <Button onClick={() => void navigate({ search: {}, replace: true })}>
                    {t('patterns.clearFilters')}
                  </Button>
                ) : (
                  newButton
                )
              }
            />
          }
        />
      </QueryStates>
    </div>
  );
}

function Filters(props: { search: InvoicesSearch; onChange: (change: Partial<InvoicesSearch>) => void }) {
  const t = useT();
  const { search, onChange } = props;
  const load = useCustomerOptions();
  const customer = useQuery({
    ...customerOptions(useOrgId(), search.customer ?? ''),
    enabled: search.customer !== undefined,
  });
  const searchText = useSearchText(search.q ?? '', (text) => onChange({ q: text.trim() || undefined }));
  return (
    <FilterBar
      search={{ ...searchText, placeholder: t('invoices.search') }}
      filters={[{ id: 'customer', label: t('invoices.customer'), load, multiple: false }]}
      applied={[
        {
          id: 'customer',
          values: search.customer ? [{ value: search.customer, label: customer.data?.name ?? '…' }] : [],
        },
      ]}
      onChange={(_, [chosen]) => onChange({ customer: chosen?.value })}
      onClear={() => onChange({ customer: undefined })}
      extra={
        <PeriodFilter
          label={t('invoices.issuedOn')}
          from={search.from}
          to={search.to}
          onChange={({ from, to }) => onChange({ from, to })}
        />
      }
    />
  );
}

/** What the filter finds, as a table for the bookkeeper. */
function ExportButton({ search }: { search: InvoicesSearch }) {
  const t = useT();
  const file = useExportInvoices();
  const save = () =>
    file.mutate(invoicesQuery(search), {
      onSuccess: ({ blob, name }) => saveFile(blob, name ?? 'invoices.csv'),
      onError: (error) => tellProblem(t, error),
    });
  return (
    <Button icon={<Download />} busy={file.isPending} onClick={save}>
      {t('invoices.export')}
    </Button>
  );
}
