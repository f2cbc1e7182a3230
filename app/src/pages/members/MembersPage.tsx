import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { UserPlus, Users } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { memberStatusValues } from '@/api/schema';
import { MemberBulk } from '@/components/members/MemberBulk';
import { MemberTable } from '@/components/members/MemberTable';
import { PeopleTabs } from '@/components/members/PeopleTabs';
import { EmptyState } from '@/components/patterns/EmptyState';
import { FilterBar } from '@/components/patterns/FilterBar';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import { useSearchText } from '@/components/patterns/use-search-text';
import { roleName } from '@/components/roles/role-text';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { memberListOptions } from '@/queries/members';
import { useOrgId } from '@/queries/org';
import { withoutFactorOptions } from '@/queries/organizations';
import { rows } from '@/queries/pages';
import { rolesOptions } from '@/queries/roles';

// Fetched when somebody opens it.
const InviteDialog = lazy(() =>
  import('@/components/members/InviteDialog').then((m) => ({ default: m.InviteDialog })),
);

const route = getRouteApi('/o/$slug/settings/members');

export function MembersPage() {
  const t = useT();
  const format = useFormat();
  const org = useOrgId();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [inviting, setInviting] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const canInvite = useCan('invitations_create');
  const { q, role: roleId, status } = search;
  const list = useInfiniteQuery(
    memberListOptions(org, {
      count: true,
      ...(q && { search: q }),
      ...(roleId && { roleId }),
      ...(status && { status }),
    }),
  );
  const roles = useQuery({ ...rolesOptions(org), enabled: useCan('roles_list') });
  const factor = useQuery({ ...withoutFactorOptions(org), enabled: useCan('organization_policy_preview') });
  const members = rows(list.data);
  const total = list.data?.pages[0]?.totalCount;
  const filtered = Boolean(q ?? roleId ?? status);

  const set = (change: Partial<typeof search>) => {
    setSelected(new Set());
    void navigate({ search: (before) => clean({ ...before, ...change }), replace: true });
  };
  const searchText = useSearchText(q ?? '', (text) => set({ q: text.trim() }));
  const options = {
    role: (roles.data ?? []).map(({ id, name }) => ({ value: id, label: roleName(t, name) })),
    status: memberStatusValues.map((value) => ({ value, label: t(`members.status.${value}`) })),
  };
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      <PageHeader
        title={t('members.title')}
        description={t('members.about')}
        badge={
          total !== undefined && <span className="num text-dense text-muted">{format.number(total)}</span>
        }
        actions={
          canInvite && (
            <Button variant="primary" icon={<UserPlus />} onClick={() => setInviting(true)}>
              {t('members.invite')}
            </Button>
          )
        }
        tabs={<PeopleTabs current="members" />}
      />
      <FilterBar
        search={{ ...searchText, placeholder: t('members.search') }}
        filters={[
          ...(roles.data
            ? [{ id: 'role', label: t('members.role'), options: options.role, multiple: false }]
            : []),
          { id: 'status', label: t('members.statusLabel'), options: options.status, multiple: false },
        ]}
        applied={[
          { id: 'role', values: options.role.filter(({ value }) => value === roleId) },
          { id: 'status', values: options.status.filter(({ value }) => value === status) },
        ]}
        onChange={(id, [chosen]) => {
          if (id === 'role') set({ role: chosen?.value });
          else set({ status: memberStatusValues.find((value) => value === chosen?.value) });
        }}
        onClear={() => set({ role: undefined, status: undefined })}
      />
      <QueryStates query={list}>
        <MemberTable
          rows={members}
          roles={roles.data ?? []}
          withoutFactor={factor.data ?? undefined}
          selected={selected}
          onSelectedChange={setSelected}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          total={total}
          empty={
            <EmptyState
              icon={<Users />}
              title={t('members.noneTitle')}
              description={filtered ? t('members.noneText') : undefined}
              action={
                filtered && (
                  <Button onClick={() => set({ q: '', role: undefined, status: undefined })}>
                    {t('patterns.clearFilters')}
                  </Button>
                )
              }
            />
          }
        />
        <MemberBulk
          members={members.filter(({ userId }) => selected.has(userId))}
          roles={roles.data ?? []}
          onClear={() => setSelected(new Set())}
        />
      </QueryStates>
      <Suspense>
        {inviting && <InviteDialog roles={roles.data ?? []} onClose={() => setInviting(false)} />}
      </Suspense>
    </div>
  );
}

/** An address without empty filters. */
function clean(search: { q?: string | undefined; role?: string | undefined; status?: string | undefined }) {
  const status = memberStatusValues.find((value) => value === search.status);
  return {
    ...(search.q && { q: search.q }),
    ...(search.role && { role: search.role }),
    ...(status && { status }),
  };
}
