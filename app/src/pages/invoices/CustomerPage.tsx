import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Archive, ArchiveRestore, Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Customer } from '@/api/schema';
import { InvoiceTable } from '@/components/invoices/InvoiceTable';
import { Statement } from '@/components/invoices/Statement';
import { readCustomerSearch } from '@/components/invoices/search';
import { InBreadcrumb } from '@/components/layout/TopBar';
import { PropertyList } from '@/components/patterns/DetailLayout';
import { EmptyState } from '@/components/patterns/EmptyState';
import { lazyDialog } from '@/components/patterns/lazy-part';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import { tellProblem } from '@/components/patterns/tell';
import { useNarrow } from '@/components/patterns/use-media';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Link as TextLink } from '@/components/ui/link';
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';
import { Tabs } from '@/components/ui/tabs';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { customerOptions, useUpdateCustomer } from '@/queries/customers';
import { invoiceListOptions } from '@/queries/invoices';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';

// Fetched when somebody opens it.
const CustomerDialog = lazyDialog(() =>
  import('@/components/invoices/CustomerDialog').then((m) => m.CustomerDialog),
);

const route = getRouteApi('/o/$slug/invoices/customers/$customerId');

/** One customer: who it is, its invoices, its statement. */
export function CustomerPage() {
  const { customerId } = route.useParams();
  const customer = useQuery(customerOptions(useOrgId(), customerId));
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      <QueryStates query={customer} skeleton={<CustomerSkeleton />}>
        {customer.data && <CustomerView key={customer.data.id} customer={customer.data} />}
      </QueryStates>
    </div>
  );
}

function CustomerSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-7 w-64" />
      <Skeleton className="h-4 w-96 max-w-full" />
      <SkeletonRows rows={6} />
    </div>
  );
}

function CustomerView({ customer }: { customer: Customer }) {
  const t = useT();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = useNarrow();
  const tab = search.tab ?? 'invoices';
  return (
    <>
      {!narrow && (
        <InBreadcrumb>
          <span className="block max-w-80 truncate">{customer.name}</span>
        </InBreadcrumb>
      )}
      <PageHeader
        title={customer.name}
        badge={customer.standing === 'archived' && <Badge>{t('invoices.archived')}</Badge>}
        actions={<CustomerActions customer={customer} />}
      />
      <CustomerFacts customer={customer} />
      <Tabs
        label={customer.name}
        value={tab}
        onValueChange={(next) =>
          void navigate({ search: (before) => readCustomerSearch({ ...before, tab: next }), replace: true })
        }
        items={[
          {
            value: 'invoices',
            label: t('nav.invoices'),
            content: tab === 'invoices' && <InvoicesOf customer={customer} />,
          },
          {
            value: 'statement',
            label: t('invoices.statement'),
            content: tab === 'statement' && (
              <Statement
                customer={customer}
                range={search}
                onRange={(range) =>
                  void navigate({
                    search: (before) =>
                      readCustomerSearch({ ...before, from: undefined, to: undefined, ...range }),
                    replace: true,
                  })
                }
              />
            ),
          },
        ]}
      />
    </>
  );
}

function CustomerFacts({ customer }: { customer: Customer }) {
  const t = useT();
  const facts = [
    {
      id: 'email',
      label: t('invoices.email'),
      value: customer.email && <TextLink href={`mailto:${customer.email}`}>{customer.email}</TextLink>,
    },
    { id: 'phone', label: t('invoices.phone'), value: customer.phone },
    { id: 'taxId', label: t('invoices.taxIdShort'), value: customer.taxId },
    {
      id: 'address',
      label: t('invoices.address'),
      value: customer.address && <span className="whitespace-pre-line py-1.5">{customer.address}</span>,
    },
    {
      id: 'notes',
      label: t('invoices.customerNotes'),
      value: customer.notes && <span className="whitespace-pre-line py-1.5">{customer.notes}</span>,
    },
  ].filter(({ value }) => value);
  return facts.length > 0 && <PropertyList items={facts} />;
}

function CustomerActions({ customer }: { customer: Customer }) {
  const t = useT();
  const { slug } = route.useParams();
  const [editing, setEditing] = useState(false);
  const update = useUpdateCustomer();
  const mayEdit = useCan('customers_update');
  const mayInvoice = useCan('invoices_create');
  const archived = customer.standing === 'archived';
  const archive = () =>
    update.mutate(
      { id: customer.id, version: customer.version, change: { standing: archived ? 'active' : 'archived' } },
      {
        onSuccess: () => toast({ title: t('invoices.saved'), tone: 'success' }),
        onError: (error) => tellProblem(t, error),
      },
    );
  return (
    <>
      {mayEdit && (
        <>
          <Button
            icon={archived ? <ArchiveRestore /> : <Archive />}
            busy={update.isPending}
            onClick={archive}
          >
            {archived ? t('invoices.restore') : t('invoices.archive')}
          </Button>
          <Button icon={<Pencil />} onClick={() => setEditing(true)}>
            {t('invoices.edit')}
          </Button>
        </>
      )}
      {mayInvoice && !archived && (
        <Button asChild variant="primary">
          <Link to="/o/$slug/invoices/new" params={{ slug }} search={{ customer: customer.id }}>
            <Plus />
            {t('invoices.new')}
          </Link>
        </Button>
      )}
      {editing && (
        <CustomerDialog
          customer={customer}
          onClose={() => setEditing(false)}
          onDone={() => setEditing(false)}
        />
      )}
    </>
  );
}

function InvoicesOf({ customer }: { customer: Customer }) {
  const t = useT();
  const { slug } = route.useParams();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(invoiceListOptions(useOrgId(), { customerId: customer.id }));
  return (
    <QueryStates query={list}>
      <InvoiceTable
        hideCustomer
        rows={rows(list.data)}
        total={undefined}
        sort="-createdAt"
        onOpen={({ id }) =>
          void navigate({ to: '/o/$slug/invoices/$invoiceId', params: { slug, invoiceId: id } })
        }
        hasMore={list.hasNextPage}
        loadingMore={list.isFetchingNextPage}
        onLoadMore={() => void list.fetchNextPage()}
        empty={<EmptyState title={t('invoices.customerNoInvoices')} />}
      />
    </QueryStates>
  );
}
