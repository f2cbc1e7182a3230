import type { ReactNode } from 'react';
import type { AuditEntry } from '@/api/schema';
import { DataTable } from '@/components/patterns/DataTable';
import type { DataColumn } from '@/components/patterns/table-model';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { actorText } from './actor';
import { entryText, subjectHint, subjectText } from './events';

export interface AuditTableProps {
  rows: readonly AuditEntry[];
  /** Names of people and roles by their ids. */
  names: ReadonlyMap<string, string>;
  onOpen: (entry: AuditEntry) => void;
  hasMore: boolean;
  loadingMore: boolean;
  onLoadMore: () => void;
  empty: ReactNode;
}

export function AuditTable({ names, ...props }: AuditTableProps) {
  const t = useT();
  const format = useFormat();
  const columns: DataColumn<AuditEntry>[] = [
    {
      id: 'time',
      header: t('audit.time'),
      width: '152px',
      cell: ({ occurredAt }) => (
        <time dateTime={occurredAt} className="num text-muted">
          {format.date(occurredAt, 'numeric')} {format.time(occurredAt)}
        </time>
      ),
    },
    {
      id: 'event',
      header: t('audit.event'),
      width: 'minmax(200px, 2fr)',
      card: 'title',
      cell: (entry) => <span className="font-medium">{entryText(t, entry)}</span>,
    },
    {
      id: 'actor',
      header: t('audit.actor'),
      width: 'minmax(144px, 1fr)',
      cell: (entry) => actorText(t, entry, names),
    },
    {
      id: 'subject',
      header: t('audit.subjectLabel'),
      width: 'minmax(160px, 1.5fr)',
      cell: (entry) => (
        <>
          <span className="text-muted">{subjectText(t, entry.subject.type)}</span>{' '}
          {names.get(entry.subject.id) ?? subjectHint(t, entry, names, format.number) ?? (
            <code className="font-mono text-meta text-muted">…{entry.subject.id.slice(-6)}</code>
          )}
        </>
      ),
    },
    {
      id: 'ip',
      header: t('audit.ip'),
      width: '120px',
      isEmpty: ({ ip }) => !ip,
      cell: ({ ip }) => <span className="num text-muted">{ip ?? '–'}</span>,
    },
  ];
  return (
    <DataTable
      label={t('audit.title')}
      columns={columns}
      rowId={({ id }) => id}
      rowLabel={(entry) => entryText(t, entry)}
      {...props}
    />
  );
}
