import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import type { AuditEntry } from '@/api/schema';
import { AuditFilters, type AuditFilterValues } from '@/components/audit/AuditFilters';
import { AuditTable } from '@/components/audit/AuditTable';
import { ChainButton, ChainResult, useChainCheck } from '@/components/audit/ChainCheck';
import { ExportMenu } from '@/components/audit/ExportMenu';
import { NewEntries } from '@/components/audit/NewEntries';
import { EmptyState } from '@/components/patterns/EmptyState';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import { roleName } from '@/components/roles/role-text';
import { Button } from '@/components/ui/button';
import { usePreferences } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { auditListOptions } from '@/queries/audit';
import { useBootstrap, useCan } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { rolesOptions } from '@/queries/roles';
import { everybodyOptions } from '@/queries/users';
import { auditQuery } from './query';
import { cleanView } from './search';

// Fetched when somebody opens it.
const EntrySheet = lazy(() =>
  import('@/components/audit/EntrySheet').then((m) => ({ default: m.EntrySheet })),
);

const route = getRouteApi('/o/$slug/settings/audit');

export function AuditPage() {
  const t = useT();
  const { timeZone } = usePreferences();
  const view = route.useSearch();
  const navigate = route.useNavigate();
  const query = auditQuery(view, timeZone);
  const list = useInfiniteQuery(auditListOptions(useOrgId(), query));
  const check = useChainCheck();
  const canExport = useCan('audit_export');
  const { people, names } = useNames();
  const entries = rows(list.data);
  const open = entries.find(({ id }) => id === view.entry);
  const filtered = Object.keys(query).length > 0;

  // Empty filters are not written into the address.
  const set = (change: AuditFilterValues & { entry?: string | undefined }) =>
    void navigate({ search: (before) => cleanView({ ...before, ...change }), replace: !change.entry });
  const clear = () => void navigate({ search: {}, replace: true });
  const only = (change: AuditFilterValues) => void navigate({ search: cleanView(change) });
  const actorOf = ({ actor }: AuditEntry) => actor.userId ?? undefined;
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      <PageHeader
        title={t('audit.title')}
        description={t('audit.about')}
        actions={
          <>
            <ChainButton check={check} />
            {canExport && (
              <ExportMenu query={query} count={list.data && !list.hasNextPage ? entries.length : undefined} />
            )}
          </>
        }
      />
      <ChainResult check={check} />
      <AuditFilters values={view} people={people} names={names} onChange={set} onClear={clear} />
      <QueryStates query={list}>
        <NewEntries query={query} newest={entries[0]?.seq ?? -1} onShow={() => void list.refetch()} />
        <AuditTable
          rows={entries}
          names={names}
          onOpen={({ id }) => set({ entry: id })}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          empty={
            <EmptyState
              icon={<ScrollText />}
              title={t('audit.noneTitle')}
              description={filtered ? t('audit.noneText') : undefined}
              action={filtered && <Button onClick={clear}>{t('patterns.clearFilters')}</Button>}
            />
          }
        />
      </QueryStates>
      <Suspense>
        {open && (
          <EntrySheet
            entry={open}
            names={names}
            onClose={() => set({ entry: undefined })}
            onSubject={() => only({ subjectType: open.subject.type, subjectId: open.subject.id })}
            onActor={actorOf(open) ? () => only({ actor: actorOf(open) }) : undefined}
          />
        )}
      </Suspense>
    </div>
  );
}

/** Names of people and roles, for the ids that the log is made of. */
function useNames() {
  const t = useT();
  const org = useOrgId();
  const people = useQuery({ ...everybodyOptions(org), enabled: useCan('users_list') });
  const roles = useQuery({ ...rolesOptions(org), enabled: useCan('roles_list') });
  const organization = useBootstrap()?.organization;
  const names = useMemo(() => {
    const all = [
      ...(people.data ?? []).map(({ id, fullName }) => [id, fullName] as const),
      ...(roles.data ?? []).map(({ id, name }) => [id, roleName(t, name)] as const),
    ];
    return new Map([[org, organization?.name ?? org], ...all]);
  }, [people.data, roles.data, org, organization?.name, t]);
  return { people: people.data ?? [], names };
}
