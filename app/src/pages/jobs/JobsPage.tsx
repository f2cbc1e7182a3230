import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Cog, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { jobQueueValues, jobStateValues } from '@/api/schema';
import { JobSheet } from '@/components/jobs/JobSheet';
import { JobTable } from '@/components/jobs/JobTable';
import { EmptyState } from '@/components/patterns/EmptyState';
import { FilterBar } from '@/components/patterns/FilterBar';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import { useSearchText } from '@/components/patterns/use-search-text';
import { Button } from '@/components/ui/button';
import { useT } from '@/i18n/i18n';
import { jobListOptions } from '@/queries/jobs';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { cleanJobs } from './search';

const route = getRouteApi('/o/$slug/settings/jobs');

export function JobsPage() {
  const t = useT();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [open, setOpen] = useState<string | null>(null);
  const list = useInfiniteQuery(jobListOptions(useOrgId(), search));
  const jobs = rows(list.data);
  const shown = jobs.find(({ id }) => id === open);
  const filtered = Object.keys(search).length > 0;
  const set = (change: {
    state?: string | undefined;
    queue?: string | undefined;
    kind?: string | undefined;
  }) => void navigate({ search: (before) => cleanJobs({ ...before, ...change }), replace: true });
  const clear = () => set({ state: undefined, queue: undefined, kind: undefined });
  const kind = useSearchText(search.kind ?? '', (text) => set({ kind: text.trim() }));
  const states = jobStateValues.map((value) => ({ value, label: t(`jobs.state.${value}`) }));
  const queues = jobQueueValues.map((value) => ({ value, label: t(`jobs.queue.${value}`) }));
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      <PageHeader
        title={t('jobs.title')}
        description={t('jobs.about')}
        actions={
          <Button icon={<RefreshCw />} busy={list.isFetching} onClick={() => void list.refetch()}>
            {t('jobs.refresh')}
          </Button>
        }
      />
      <FilterBar
        search={{ ...kind, placeholder: t('jobs.searchKind') }}
        filters={[
          { id: 'state', label: t('jobs.stateLabel'), options: states, multiple: false },
          { id: 'queue', label: t('jobs.queueLabel'), options: queues, multiple: false },
        ]}
        applied={[
          { id: 'state', values: states.filter(({ value }) => value === search.state) },
          { id: 'queue', values: queues.filter(({ value }) => value === search.queue) },
        ]}
        onChange={(id, [option]) => set({ [id]: option?.value })}
        onClear={() => set({ state: undefined, queue: undefined })}
      />
      <QueryStates query={list}>
        <JobTable
          rows={jobs}
          onOpen={({ id }) => setOpen(id)}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          empty={
            <EmptyState
              icon={<Cog />}
              title={t('jobs.noneTitle')}
              description={t(filtered ? 'jobs.noneFiltered' : 'jobs.noneText')}
              action={filtered && <Button onClick={clear}>{t('patterns.clearFilters')}</Button>}
            />
          }
        />
      </QueryStates>
      {shown && <JobSheet job={shown} onClose={() => setOpen(null)} />}
    </div>
  );
}
