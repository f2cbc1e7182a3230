import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { ApiKey, ScopeEntry } from '@/api/schema';
import { DataTable } from '@/components/patterns/DataTable';
import type { DataColumn } from '@/components/patterns/table-model';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { KeyExpiry } from './KeyExpiry';

// Fetched when somebody opens it.
const KeySheet = lazy(() => import('./KeySheet').then((m) => ({ default: m.KeySheet })));

export interface KeyTableProps {
  rows: readonly ApiKey[];
  scopes: readonly ScopeEntry[];
  /** Names by user id. */
  people: ReadonlyMap<string, string>;
  hasMore: boolean;
  loadingMore: boolean;
  onLoadMore: () => void;
  empty: ReactNode;
}

export function KeyTable(props: KeyTableProps) {
  const t = useT();
  const format = useFormat();
  const [open, setOpen] = useState<string | null>(null);
  const shown = props.rows.find(({ id }) => id === open);
  const columns: DataColumn<ApiKey>[] = [
    {
      id: 'name',
      header: t('apiKeys.name'),
      width: 'minmax(180px, 2fr)',
      card: 'title',
      cell: ({ name }) => <span className="font-medium">{name}</span>,
    },
    {
      id: 'prefix',
      header: t('apiKeys.key'),
      width: '160px',
      cell: ({ prefix }) => <code className="font-mono text-meta text-muted">{prefix}…</code>,
    },
    {
      id: 'scopes',
      header: t('apiKeys.scopes'),
      width: '104px',
      align: 'end',
      cell: ({ scopes }) => format.number(scopes.length),
    },
    {
      id: 'maker',
      header: t('apiKeys.maker'),
      width: 'minmax(128px, 1fr)',
      cell: ({ userId }) => <span className="text-muted">{props.people.get(userId) ?? '–'}</span>,
    },
    {
      id: 'used',
      header: t('apiKeys.used'),
      width: '128px',
      cell: ({ lastUsedAt }) => (
        <span className="num text-muted">
          {lastUsedAt ? format.relative(lastUsedAt) : t('apiKeys.neverUsed')}
        </span>
      ),
    },
    {
      id: 'expires',
      header: t('apiKeys.expires'),
      width: '168px',
      cell: (key) => <KeyExpiry apiKey={key} />,
    },
  ];
  return (
    <>
      <DataTable
        label={t('apiKeys.title')}
        columns={columns}
        rows={props.rows}
        rowId={({ id }) => id}
        rowLabel={({ name }) => name}
        onOpen={({ id }) => setOpen(id)}
        hasMore={props.hasMore}
        loadingMore={props.loadingMore}
        onLoadMore={props.onLoadMore}
        empty={props.empty}
      />
      <Suspense>
        {shown && (
          <KeySheet
            apiKey={shown}
            scopes={props.scopes}
            maker={props.people.get(shown.userId)}
            onClose={() => setOpen(null)}
          />
        )}
      </Suspense>
    </>
  );
}
