import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Contact, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Customer } from '@/api/schema';
import { InvoiceTabs } from '@/components/invoices/InvoiceTabs';
import { type CustomersSearch, readCustomersSearch } from '@/components/invoices/search';
import { DataTable } from '@/components/patterns/DataTable';
import { EmptyState } from '@/components/patterns/EmptyState';
import { FilterBar } from '@/components/patterns/FilterBar';
import { lazyDialog } from '@/components/patterns/lazy-part';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import type { DataColumn } from '@/components/patterns/table-model';
import { useSearchText } from '@/components/patterns/use-search-text';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { useHotkeys } from '@/lib/use-hotkeys';
import { useCan } from '@/queries/bootstrap';
import { customerListOptions } from '@/queries/customers';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';

// Fetched when somebody opens it.
const CustomerDialog = lazyDialog(() =>
  import('@/components/invoices/CustomerDialog').then((m) => m.CustomerDialog),
);

const route = getRouteApi('/o/$slug/invoices/customers');

/** Who gets invoices. */
export function CustomersPage() {
  const t = useT();
  const format = useFormat();
  const search = route.useSearch();
  const { slug } = route.useParams();
  const navigate = route.useNavigate();
  const [creating, setCreating] = useState(false);
  const mayCreate = useCan('customers_create');
  const list = useInfiniteQuery(
    customerListOptions(useOrgId(), {
      standing: search.archived ? 'archived' : 'active',
      count: true,
      ...(search.q && { search: search.q }),
    }),
  );
  const total = list.data?.pages[0]?.totalCount;
  const set = (change: Partial<CustomersSearch>) =>
    void navigate({ search: (before) => readCustomersSearch({ ...before, ...change }), replace: true });
  const open = (customer: Customer) =>
    void navigate({
      to: '/o/$slug/invoices/customers/$customerId',
      params: { slug, customerId: customer.id },
    });
  const create = () => setCreating(true);
  useHotkeys(
    mayCreate
      ? [{ keys: 'c', label: t('invoices.customerNew'), group: t('invoices.customers'), run: create }]
      : [],
  );
  const searchText = useSearchText(search.q ?? '', (text) => set({ q: text.trim() || undefined }));
  const newButton = mayCreate && (
    <Button variant="primary" icon={<Plus />} onClick={create}>
      {t('invoices.customerNew')}
    </Button>
  );
  const filtered = Boolean(search.q ?? search.archived);
  const standing = { value: 'archived', label: t('invoices.archived') };
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      <PageHeader
        title={t('invoices.customers')}
        badge={
          total !== undefined && <span className="num text-dense text-muted">{format.number(total)}</span>
        }
        actions={newButton}
        tabs={<InvoiceTabs current="customers" />}
      />
      <FilterBar
        search={{ ...searchText, placeholder: t('invoices.customerSearch') }}
        filters={[{ id: 'standing', label: t('invoices.standing'), options: [standing], multiple: false }]}
        applied={[{ id: 'standing', values: search.archived ? [standing] : [] }]}
        onChange={(_, [chosen]) => set({ archived: chosen ? true : undefined })}
        onClear={() => set({ archived: undefined })}
      />
      <QueryStates query={list}>
        <CustomerTable
          rows={rows(list.data)}
          total={total}
          onOpen={open}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          empty={
            <EmptyState
              icon={<Contact />}
              title={filtered ? t('invoices.customersNoneFound') : t('invoices.customersNoneTitle')}
              description={filtered ? undefined : t('invoices.customersNoneText')}
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
      {creating && <CustomerDialog onClose={() => setCreating(false)} onDone={open} />}
    </div>
  );
}

type CustomerTableProps = Pick<
  Parameters<typeof DataTable<Customer>>[0],
  'rows' | 'onOpen' | 'hasMore' | 'loadingMore' | 'onLoadMore' | 'empty'
> & { total: number | undefined };

function CustomerTable({ total, ...props }: CustomerTableProps) {
  const t = useT();
  const muted = (text: string | null | undefined) => (
    <span className="num truncate text-muted">{text ?? '–'}</span>
  );
  const columns: DataColumn<Customer>[] = [
    {
      id: 'name',
      header: t('invoices.name'),
      width: 'minmax(200px, 2fr)',
      card: 'title',
      cell: ({ name, standing }) => (
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium">{name}</span>
          {standing === 'archived' && <Badge>{t('invoices.archived')}</Badge>}
        </span>
      ),
    },
    {
      id: 'email',
      header: t('invoices.email'),
      width: 'minmax(160px, 2fr)',
      cell: ({ email }) => muted(email),
      isEmpty: ({ email }) => !email,
    },
    {
      id: 'phone',
      header: t('invoices.phone'),
      width: 'minmax(120px, 1fr)',
      cell: ({ phone }) => muted(phone),
      isEmpty: ({ phone }) => !phone,
    },
    {
      id: 'taxId',
      header: t('invoices.taxId'),
      width: '144px',
      cell: ({ taxId }) => muted(taxId),
      isEmpty: ({ taxId }) => !taxId,
    },
  ];
  return (
    <DataTable
      label={t('invoices.customers')}
      columns={columns}
      rowId={({ id }) => id}
      rowLabel={({ name }) => name}
      {...(total === undefined ? {} : { total })}
      {...props}
    />
  );
}
