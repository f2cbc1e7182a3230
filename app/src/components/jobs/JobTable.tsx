import type { ReactNode } from 'react';
import type { Job } from '@/api/schema';
import { DataTable } from '@/components/patterns/DataTable';
import type { DataColumn } from '@/components/patterns/table-model';
import { Badge } from '@/components/ui/badge';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { jobErrors, stateTone } from './job-model';

export interface JobTableProps {
  rows: readonly Job[];
  onOpen: (job: Job) => void;
  hasMore: boolean;
  loadingMore: boolean;
  onLoadMore: () => void;
  empty: ReactNode;
}

export function JobTable(props: JobTableProps) {
  const t = useT();
  const format = useFormat();
  const columns: DataColumn<Job>[] = [
    {
      id: 'kind',
      header: t('jobs.kind'),
      width: 'minmax(200px, 1fr)',
      card: 'title',
      cell: ({ kind }) => <code className="font-mono">{kind}</code>,
    },
    {
      id: 'state',
      header: t('jobs.stateLabel'),
      width: '112px',
      cell: ({ state }) => <Badge tone={stateTone(state)}>{t(`jobs.state.${state}`)}</Badge>,
    },
    {
      id: 'queue',
      header: t('jobs.queueLabel'),
      width: '96px',
      cell: ({ queue }) => t(`jobs.queue.${queue}`),
    },
    {
      id: 'attempt',
      header: t('jobs.attempts'),
      width: '96px',
      align: 'end',
      cell: ({ attempt, maxAttempts }) => `${format.number(attempt)} / ${format.number(maxAttempts)}`,
    },
    {
      id: 'error',
      header: t('jobs.lastError'),
      width: 'minmax(160px, 1.5fr)',
      isEmpty: (job) => jobErrors(job).length === 0,
      cell: (job) => <span className="text-muted">{jobErrors(job).at(-1)?.error ?? '–'}</span>,
    },
    {
      id: 'run',
      header: t('jobs.runAt'),
      width: '136px',
      cell: ({ finishedAt, runAt }) => (
        <time dateTime={finishedAt ?? runAt} className="num text-muted">
          {format.relative(finishedAt ?? runAt)}
        </time>
      ),
    },
  ];
  return (
    <DataTable
      label={t('jobs.title')}
      columns={columns}
      rowId={({ id }) => id}
      rowLabel={({ kind }) => kind}
      {...props}
    />
  );
}
