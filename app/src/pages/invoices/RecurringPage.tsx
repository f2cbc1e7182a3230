import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Plus, Repeat } from 'lucide-react';
import type { InvoiceSchedule } from '@/api/schema';
import { InvoiceTabs } from '@/components/invoices/InvoiceTabs';
import { type ScheduleView, scheduleViews } from '@/components/invoices/search';
import { useHref } from '@/components/layout/use-go';
import { DataTable } from '@/components/patterns/DataTable';
import { EmptyState } from '@/components/patterns/EmptyState';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import type { DataColumn } from '@/components/patterns/table-model';
import { rhythmText, scheduleTones } from '@/components/recurring/schedule-text';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/components/ui/preferences';
import { Segmented } from '@/components/ui/segmented';
import { useT } from '@/i18n/i18n';
import { useHotkeys } from '@/lib/use-hotkeys';
import { useCan } from '@/queries/bootstrap';
import { scheduleListOptions } from '@/queries/invoiceSchedules';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';

const statuses: Record<ScheduleView, InvoiceSchedule['status'][]> = {
  running: ['active'],
  paused: ['paused', 'stopped'],
  ended: ['ended'],
};

const route = getRouteApi('/o/$slug/invoices/recurring');

/** Invoices that write themselves. */
export function RecurringPage() {
  const t = useT();
  const href = useHref();
  const { slug } = route.useParams();
  const { view = 'running' } = route.useSearch();
  const navigate = route.useNavigate();
  const mayCreate = useCan('invoice_schedules_create');
  const list = useInfiniteQuery(scheduleListOptions(useOrgId(), { status: statuses[view] }));
  const columns = useColumns();
  const create = () => void navigate({ to: '/o/$slug/invoices/recurring/new', params: { slug } });
  useHotkeys(
    mayCreate ? [{ keys: 'c', label: t('recurring.new'), group: t('recurring.title'), run: create }] : [],
  );
  const newButton = mayCreate && (
    <Button asChild variant="primary">
      <Link to={href({ path: '/invoices/recurring/new' })}>
        <Plus />
        {t('recurring.new')}
      </Link>
    </Button>
  );
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      <PageHeader
        title={t('recurring.title')}
        actions={newButton}
        tabs={<InvoiceTabs current="recurring" />}
      />
      <Segmented
        label={t('recurring.show')}
        className="self-start"
        value={view}
        onValueChange={(next) =>
          void navigate({ search: next === 'running' ? {} : { view: next }, replace: true })
        }
        options={scheduleViews.map((value) => ({ value, label: t(`recurring.view.${value}`) }))}
      />
      <QueryStates query={list}>
        <DataTable
          label={t('recurring.title')}
          columns={columns}
          rows={rows(list.data)}
          rowId={({ id }) => id}
          rowLabel={({ customerName }) => customerName}
          onOpen={({ id }) =>
            void navigate({ to: '/o/$slug/invoices/recurring/$scheduleId', params: { slug, scheduleId: id } })
          }
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          empty={
            <EmptyState
              icon={<Repeat />}
              title={t(`recurring.none.${view}`)}
              description={view === 'running' ? t('recurring.noneText') : undefined}
              action={view === 'running' && newButton}
            />
          }
        />
      </QueryStates>
    </div>
  );
}

function useColumns(): DataColumn<InvoiceSchedule>[] {
  const t = useT();
  const format = useFormat();
  return [
    {
      id: 'customer',
      header: t('invoices.customer'),
      width: 'minmax(180px, 2fr)',
      card: 'title',
      cell: ({ customerName }) => <span className="truncate font-medium">{customerName}</span>,
    },
    {
      id: 'rhythm',
      header: t('recurring.rhythm'),
      width: 'minmax(140px, 1fr)',
      cell: (schedule) => <span className="truncate">{rhythmText(t, format, schedule)}</span>,
    },
    {
      id: 'status',
      header: t('invoices.statusLabel'),
      width: '112px',
      cell: ({ status }) => <Badge tone={scheduleTones[status]}>{t(`recurring.status.${status}`)}</Badge>,
    },
    {
      id: 'next',
      header: t('recurring.next'),
      width: '132px',
      cell: ({ nextOn }) => <span className="num">{nextOn ? format.day(nextOn) : '–'}</span>,
      isEmpty: ({ nextOn }) => !nextOn,
    },
    {
      id: 'made',
      header: t('recurring.made'),
      width: '88px',
      align: 'end',
      cell: ({ madeCount }) => <span className="num text-muted">{format.number(madeCount)}</span>,
    },
    {
      id: 'total',
      header: t('invoices.total'),
      width: '136px',
      align: 'end',
      cell: ({ total }) => <span className="num">{format.money(total)}</span>,
    },
  ];
}
