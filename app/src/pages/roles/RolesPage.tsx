import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Role } from '@/api/schema';
import { PeopleTabs } from '@/components/members/PeopleTabs';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import { DeleteRole } from '@/components/roles/DeleteRole';
import { RoleDialog } from '@/components/roles/RoleDialog';
import { RoleEditor } from '@/components/roles/RoleEditor';
import { RoleList } from '@/components/roles/RoleList';
import { Button } from '@/components/ui/button';
import { useT } from '@/i18n/i18n';
import { useBootstrap, useCan } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import { rolesOptions, scopesOptions } from '@/queries/roles';

const route = getRouteApi('/o/$slug/settings/roles');

type Doing = { act: 'create' } | { act: 'rename' | 'copy' | 'delete'; role: Role };

export function RolesPage() {
  const t = useT();
  const org = useOrgId();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const roles = useQuery(rolesOptions(org));
  const scopes = useQuery(scopesOptions(org));
  const boot = useBootstrap();
  const canCreate = useCan('roles_create');
  const [doing, setDoing] = useState<Doing | null>(null);
  const myRank = boot?.role.rank ?? 0;
  const maxRank = Math.min(99, myRank - 1);
  const current = roles.data?.find(({ id }) => id === search.role) ?? roles.data?.[0];
  const pick = (id: string | undefined) => {
    void navigate({ search: id ? { role: id } : {}, replace: true });
  };
  const close = () => setDoing(null);
  // A dialog that stays open writes over the version that is known by now.
  const latest = (role: Role) => roles.data?.find(({ id }) => id === role.id) ?? role;
  const done = (role?: Role) => {
    setDoing(null);
    pick(role?.id);
  };
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-6 p-4 sm:p-6">
      <PageHeader
        title={t('roles.title')}
        description={t('roles.about')}
        actions={
          canCreate && (
            <Button variant="primary" icon={<Plus />} onClick={() => setDoing({ act: 'create' })}>
              {t('roles.new')}
            </Button>
          )
        }
        tabs={<PeopleTabs current="roles" />}
      />
      <QueryStates query={roles.data ? scopes : roles}>
        <div className="flex flex-col gap-6 lg:flex-row lg:items-start lg:gap-8">
          <RoleList roles={roles.data ?? []} current={current?.id} onPick={pick} />
          {current && (
            <RoleEditor
              key={current.id}
              role={current}
              scopes={scopes.data ?? []}
              apps={boot?.apps ?? []}
              grantable={boot?.scopes ?? []}
              editable={canCreate && !current.isSystem && (current.rank < myRank || myRank === 100)}
              canCreate={canCreate}
              onRename={() => setDoing({ act: 'rename', role: current })}
              onCopy={() => setDoing({ act: 'copy', role: current })}
              onDelete={() => setDoing({ act: 'delete', role: current })}
            />
          )}
        </div>
      </QueryStates>
      {(doing?.act === 'create' || doing?.act === 'copy' || doing?.act === 'rename') && (
        <RoleDialog
          maxRank={maxRank}
          role={doing.act === 'rename' ? latest(doing.role) : undefined}
          template={doing.act === 'copy' ? grantablePart(doing.role, boot?.scopes ?? []) : undefined}
          onClose={close}
          onDone={done}
        />
      )}
      {doing?.act === 'delete' && (
        <DeleteRole role={latest(doing.role)} onClose={close} onDone={() => done()} />
      )}
    </div>
  );
}

/** Nobody hands out more than he holds, also not by a copy. */
function grantablePart(role: Role, held: Role['scopes']) {
  return { ...role, scopes: role.scopes.filter((scope) => held.includes(scope)) };
}
