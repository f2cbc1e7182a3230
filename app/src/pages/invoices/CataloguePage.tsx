import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Archive, ArchiveRestore, BookOpen, MoreHorizontal, Plus } from 'lucide-react';
import { useState } from 'react';
import type { CatalogueItem, Currency, TaxRate } from '@/api/schema';
import { InvoiceTabs } from '@/components/invoices/InvoiceTabs';
import { type CustomersSearch, readCustomersSearch } from '@/components/invoices/search';
import { taxRateText } from '@/components/invoices/tax-text';
import { DataTable } from '@/components/patterns/DataTable';
import { EmptyState } from '@/components/patterns/EmptyState';
import { FilterBar } from '@/components/patterns/FilterBar';
import { lazyDialog } from '@/components/patterns/lazy-part';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import type { DataColumn } from '@/components/patterns/table-model';
import { tellProblem } from '@/components/patterns/tell';
import { useSearchText } from '@/components/patterns/use-search-text';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { useHotkeys } from '@/lib/use-hotkeys';
import { useCan } from '@/queries/bootstrap';
import { catalogueListOptions, taxRatesOptions, useUpdateItem } from '@/queries/catalogue';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { settingsOptions } from '@/queries/settings';

// Fetched when somebody opens it.
const ItemDialog = lazyDialog(() => import('@/components/invoices/ItemDialog').then((m) => m.ItemDialog));

const route = getRouteApi('/o/$slug/invoices/catalogue');

/** What is sold often: a name, a price, a tax. */
export function CataloguePage() {
  const t = useT();
  const org = useOrgId();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [open, setOpen] = useState<CatalogueItem | 'new' | null>(null);
  const mayCreate = useCan('catalogue_items_create');
  const mayEdit = useCan('catalogue_items_update');
  const taxRates = useQuery(taxRatesOptions(org));
  const settings = useQuery({ ...settingsOptions(org), enabled: useCan('settings_get') });
  const list = useInfiniteQuery(
    catalogueListOptions(org, {
      standing: search.archived ? 'archived' : 'active',
      ...(search.q && { search: search.q }),
    }),
  );
  const set = (change: Partial<CustomersSearch>) =>
    void navigate({ search: (before) => readCustomersSearch({ ...before, ...change }), replace: true });
  const searchText = useSearchText(search.q ?? '', (text) => set({ q: text.trim() || undefined }));
  const create = () => setOpen('new');
  useHotkeys(
    mayCreate
      ? [{ keys: 'c', label: t('invoices.itemNew'), group: t('invoices.catalogue'), run: create }]
      : [],
  );
  const newButton = mayCreate && (
    <Button variant="primary" icon={<Plus />} onClick={create}>
      {t('invoices.itemNew')}
    </Button>
  );
  const filtered = Boolean(search.q ?? search.archived);
  const standing = { value: 'archived', label: t('invoices.archived') };
  const columns = useColumns(taxRates.data ?? []);
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      <PageHeader
        title={t('invoices.catalogue')}
        actions={newButton}
        tabs={<InvoiceTabs current="catalogue" />}
      />
      <FilterBar
        search={{ ...searchText, placeholder: t('invoices.itemSearch') }}
        filters={[{ id: 'standing', label: t('invoices.standing'), options: [standing], multiple: false }]}
        applied={[{ id: 'standing', values: search.archived ? [standing] : [] }]}
        onChange={(_, [chosen]) => set({ archived: chosen ? true : undefined })}
        onClear={() => set({ archived: undefined })}
      />
      <QueryStates query={list}>
        <DataTable
          label={t('invoices.catalogue')}
          columns={columns}
          rows={rows(list.data)}
          rowId={({ id }) => id}
          rowLabel={({ name }) => name}
          {...(mayEdit
            ? { onOpen: setOpen, rowActions: (item: CatalogueItem) => <ItemMenu item={item} /> }
            : {})}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          empty={
            <EmptyState
              icon={<BookOpen />}
              title={filtered ? t('invoices.catalogueNoneFound') : t('invoices.catalogueNone')}
              description={filtered ? undefined : t('invoices.catalogueNoneText')}
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
      {open && taxRates.data && (
        <ItemDialog
          item={open === 'new' ? undefined : open}
          taxRates={taxRates.data}
          // The setting is one of the server's currencies; its own type is the text of a form.
          currency={(settings.data?.currency ?? 'NPR') as Currency}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

function ItemMenu({ item }: { item: CatalogueItem }) {
  const t = useT();
  const update = useUpdateItem();
  const archived = item.standing === 'archived';
  const toggle = () =>
    update.mutate(
      { id: item.id, version: item.version, change: { standing: archived ? 'active' : 'archived' } },
      { onError: (error) => tellProblem(t, error) },
    );
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          size="sm"
          tooltip={false}
          label={t('invoices.actionsOn', { name: item.name })}
          icon={<MoreHorizontal />}
        />
      }
    >
      <MenuItem icon={archived ? <ArchiveRestore /> : <Archive />} onSelect={toggle}>
        {archived ? t('invoices.restore') : t('invoices.archive')}
      </MenuItem>
    </Menu>
  );
}

function useColumns(taxRates: readonly TaxRate[]): DataColumn<CatalogueItem>[] {
  const t = useT();
  const format = useFormat();
  const rateOf = (item: CatalogueItem) => taxRates.find(({ id }) => id === item.taxRateId);
  return [
    {
      id: 'name',
      header: t('invoices.name'),
      width: 'minmax(160px, 2fr)',
      card: 'title',
      cell: ({ name }) => <span className="truncate font-medium">{name}</span>,
    },
    {
      id: 'description',
      header: t('invoices.description'),
      width: 'minmax(160px, 3fr)',
      cell: ({ name, description }) => (
        <span className="truncate text-muted">{description === name ? '' : description}</span>
      ),
      isEmpty: ({ name, description }) => !description || description === name,
    },
    {
      id: 'tax',
      header: t('invoices.tax'),
      width: 'minmax(112px, 1fr)',
      cell: (item) => {
        const rate = rateOf(item);
        return (
          <span className="text-muted">{rate ? taxRateText(t, format, rate) : t('invoices.taxNone')}</span>
        );
      },
    },
    {
      id: 'price',
      header: t('invoices.price'),
      width: '144px',
      align: 'end',
      cell: ({ unitPrice }) => <span className="num">{format.money(unitPrice)}</span>,
    },
  ];
}
