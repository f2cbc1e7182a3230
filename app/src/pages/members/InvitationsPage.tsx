import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Mail, UserPlus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { invitationStatusValues } from '@/api/schema';
import { ForbiddenPage } from '@/components/layout/PageStates';
import { InBreadcrumb } from '@/components/layout/TopBar';
import { InvitationTable } from '@/components/members/InvitationTable';
import { PeopleTabs } from '@/components/members/PeopleTabs';
import { EmptyState } from '@/components/patterns/EmptyState';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { invitationListOptions } from '@/queries/invitations';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { rolesOptions } from '@/queries/roles';

// Fetched when somebody opens it.
const InviteDialog = lazy(() =>
  import('@/components/members/InviteDialog').then((m) => ({ default: m.InviteDialog })),
);

const route = getRouteApi('/o/$slug/settings/members/invitations');

export function InvitationsPage() {
  // The entry of the registry guards the list of members; this page takes more than that.
  return useCan('invitations_list') ? <Invitations /> : <ForbiddenPage missing={['members:invite']} />;
}

function Invitations() {
  const t = useT();
  const org = useOrgId();
  const { status } = route.useSearch();
  const navigate = route.useNavigate();
  const [inviting, setInviting] = useState(false);
  const list = useInfiniteQuery(invitationListOptions(org, status ? { status } : {}));
  const roles = useQuery({ ...rolesOptions(org), enabled: useCan('roles_list') });
  const invite = (
    <Button variant="primary" icon={<UserPlus />} onClick={() => setInviting(true)}>
      {t('members.invite')}
    </Button>
  );
  const pick = (value: string) => {
    const next = invitationStatusValues.find((candidate) => candidate === value);
    void navigate({ search: next ? { status: next } : {}, replace: true });
  };
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      <InBreadcrumb>{t('members.invitations')}</InBreadcrumb>
      <PageHeader
        title={t('members.invitations')}
        description={t('members.invitationsAbout')}
        actions={invite}
        tabs={<PeopleTabs current="invitations" />}
      />
      <div className="-m-1 overflow-x-auto p-1">
        <Segmented
          label={t('members.statusLabel')}
          value={status ?? 'pending'}
          onValueChange={pick}
          options={[
            { value: 'pending', label: t('members.invitation.pending') },
            ...invitationStatusValues.map((value) => ({ value, label: t(`members.invitation.${value}`) })),
          ]}
        />
      </div>
      <QueryStates query={list}>
        <InvitationTable
          rows={rows(list.data)}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          empty={
            <EmptyState
              icon={<Mail />}
              title={t('members.noInvitations')}
              description={status ? undefined : t('members.noInvitationsText')}
              action={!status && invite}
            />
          }
        />
      </QueryStates>
      <Suspense>
        {inviting && <InviteDialog roles={roles.data ?? []} onClose={() => setInviting(false)} />}
      </Suspense>
    </div>
  );
}
