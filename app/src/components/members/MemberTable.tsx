import { ShieldAlert, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Member, Role } from '@/api/schema';
import { DataTable } from '@/components/patterns/DataTable';
import type { DataColumn } from '@/components/patterns/table-model';
import { roleName } from '@/components/roles/role-text';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { usePictures } from '@/queries/users';
import { MemberMenu } from './MemberMenu';
import { RoleMenu } from './RoleMenu';
import { useMemberRights } from './rights';
import { useMemberActs } from './use-member-acts';

export interface MemberTableProps {
  rows: readonly Member[];
  roles: readonly Role[];
  /** Who has no second factor; absent where one may not know. */
  withoutFactor: ReadonlySet<string> | undefined;
  selected: ReadonlySet<string>;
  onSelectedChange: (selected: ReadonlySet<string>) => void;
  hasMore: boolean;
  loadingMore: boolean;
  onLoadMore: () => void;
  total: number | undefined;
  empty: ReactNode;
}

export function MemberTable(props: MemberTableProps) {
  const t = useT();
  const { rows, roles, withoutFactor, selected, onSelectedChange, total } = props;
  const rights = useMemberRights();
  const canSelect = rows.some(rights.touches);
  return (
    <DataTable
      label={t('members.title')}
      columns={useColumns(roles, withoutFactor)}
      rows={rows}
      rowId={(member) => member.userId}
      rowLabel={(member) => member.fullName}
      {...(canSelect ? { selected, onSelectedChange } : {})}
      rowActions={(member) => rights.touches(member) && <MemberMenu member={member} />}
      hasMore={props.hasMore}
      loadingMore={props.loadingMore}
      onLoadMore={props.onLoadMore}
      empty={props.empty}
      {...(total === undefined ? {} : { total })}
    />
  );
}

function useColumns(roles: readonly Role[], withoutFactor: ReadonlySet<string> | undefined) {
  const t = useT();
  const format = useFormat();
  const rights = useMemberRights();
  const pictures = usePictures();
  const columns: DataColumn<Member>[] = [
    {
      id: 'name',
      header: t('members.name'),
      width: 'minmax(240px, 2fr)',
      card: 'title',
      cell: (member) => (
        <span className="flex min-w-0 items-center gap-2">
          <Avatar name={member.fullName} src={pictures.get(member.userId)} decorative />
          <span className="truncate font-medium">{member.displayName ?? member.fullName}</span>
          {member.userId === rights.me && <Badge>{t('members.you')}</Badge>}
          {member.status === 'suspended' && <Badge tone="warning">{t('members.status.suspended')}</Badge>}
          {member.status === 'left' && <Badge>{t('members.status.left')}</Badge>}
        </span>
      ),
    },
    {
      id: 'email',
      header: t('members.email'),
      width: 'minmax(200px, 2fr)',
      cell: (member) => <span className="text-muted">{member.email}</span>,
    },
    {
      id: 'role',
      header: t('members.role'),
      width: '152px',
      cell: (member) => <MemberRole member={member} roles={roles} />,
    },
  ];
  if (withoutFactor) {
    columns.push({
      id: 'factor',
      header: t('members.factor'),
      width: '128px',
      cell: (member) => member.status === 'active' && <Factor missing={withoutFactor.has(member.userId)} />,
    });
  }
  columns.push({
    id: 'joined',
    header: t('members.joined'),
    width: '116px',
    cell: (member) => <span className="num text-muted">{format.date(member.joinedAt)}</span>,
  });
  return columns;
}

function MemberRole({ member, roles }: { member: Member; roles: readonly Role[] }) {
  const t = useT();
  const rights = useMemberRights();
  const { giveRole } = useMemberActs();
  const name = roleName(t, member.role);
  if (!rights.touches(member) || roles.length === 0) return name;
  return (
    <span className="-ml-2 flex">
      <RoleMenu
        roles={roles}
        current={member.roleId}
        gives={rights.gives}
        label={t('members.roleOf', { name: member.fullName, role: name })}
        onPick={(role) => giveRole(member, role)}
      >
        <span className="font-normal text-text">{name}</span>
      </RoleMenu>
    </span>
  );
}

function Factor({ missing }: { missing: boolean }) {
  const t = useT();
  const Icon = missing ? ShieldAlert : ShieldCheck;
  return (
    <span className="flex items-center gap-1.5">
      <Icon aria-hidden="true" className={`size-4 ${missing ? 'text-warning' : 'text-success'}`} />
      <span className={missing ? '' : 'text-muted'}>
        {t(missing ? 'members.factorOff' : 'members.factorOn')}
      </span>
    </span>
  );
}
