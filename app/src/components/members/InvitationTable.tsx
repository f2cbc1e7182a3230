import { MoreHorizontal, Send, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Invitation } from '@/api/schema';
import { DataTable } from '@/components/patterns/DataTable';
import type { DataColumn } from '@/components/patterns/table-model';
import { dialogProblem, tellProblem } from '@/components/patterns/tell';
import { roleName } from '@/components/roles/role-text';
import { Badge, type Tone } from '@/components/ui/badge';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useResendInvitation, useRevokeInvitation } from '@/queries/invitations';

const tones: Record<Invitation['status'], Tone> = {
  open: 'info',
  expired: 'warning',
  accepted: 'success',
  revoked: 'neutral',
};

export interface InvitationTableProps {
  rows: readonly Invitation[];
  hasMore: boolean;
  loadingMore: boolean;
  onLoadMore: () => void;
  empty: ReactNode;
}

export function InvitationTable(props: InvitationTableProps) {
  const t = useT();
  const format = useFormat();
  const columns: DataColumn<Invitation>[] = [
    {
      id: 'email',
      header: t('members.email'),
      width: 'minmax(220px, 2fr)',
      card: 'title',
      cell: ({ email }) => <span className="font-medium">{email}</span>,
    },
    {
      id: 'status',
      header: t('members.statusLabel'),
      width: '112px',
      cell: ({ status }) => <Badge tone={tones[status]}>{t(`members.invitation.${status}`)}</Badge>,
    },
    { id: 'role', header: t('members.role'), width: '128px', cell: ({ role }) => roleName(t, role) },
    {
      id: 'inviter',
      header: t('members.inviter'),
      width: 'minmax(128px, 1fr)',
      cell: ({ inviterName }) => <span className="text-muted">{inviterName}</span>,
    },
    {
      id: 'sent',
      header: t('members.sentAt'),
      width: '128px',
      cell: ({ sentAt }) => <span className="num text-muted">{format.relative(sentAt)}</span>,
    },
    {
      id: 'until',
      header: t('members.until'),
      width: '116px',
      cell: ({ expiresAt, closedAt, status }) => (
        <span className="num text-muted">
          {format.date(status === 'open' ? expiresAt : (closedAt ?? expiresAt))}
        </span>
      ),
    },
  ];
  return (
    <DataTable
      label={t('members.invitations')}
      columns={columns}
      rows={props.rows}
      rowId={({ id }) => id}
      rowLabel={({ email }) => email}
      rowActions={(invitation) =>
        (invitation.status === 'open' || invitation.status === 'expired') && <Acts invitation={invitation} />
      }
      hasMore={props.hasMore}
      loadingMore={props.loadingMore}
      onLoadMore={props.onLoadMore}
      empty={props.empty}
    />
  );
}

function Acts({ invitation: { id, email, status } }: { invitation: Invitation }) {
  const t = useT();
  const resend = useResendInvitation();
  const [revoking, setRevoking] = useState(false);
  const again = () =>
    void resend(id).then(
      () => toast({ title: t('members.resent', { email }), tone: 'success' }),
      (error: unknown) => tellProblem(t, error),
    );
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton
            size="sm"
            tooltip={false}
            label={t('members.actionsOn', { name: email })}
            icon={<MoreHorizontal />}
          />
        }
      >
        <MenuItem icon={<Send />} hint={t('members.resendHint')} onSelect={again}>
          {t('members.resend')}
        </MenuItem>
        {status === 'open' && (
          <MenuItem icon={<Undo2 />} tone="danger" onSelect={() => setRevoking(true)}>
            {t('members.revoke')}
          </MenuItem>
        )}
      </Menu>
      {revoking && <RevokeDialog id={id} email={email} onClose={() => setRevoking(false)} />}
    </>
  );
}

function RevokeDialog({ id, email, onClose }: { id: string; email: string; onClose: () => void }) {
  const t = useT();
  const revoke = useRevokeInvitation();
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const confirm = async () => {
    setState({ busy: true });
    try {
      await revoke(id);
      toast({ title: t('members.revoked', { email }), tone: 'success' });
      onClose();
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('members.revokeTitle', { email })}
      description={t('members.revokeAbout')}
      confirmLabel={t('members.revoke')}
      busy={state.busy}
      error={dialogProblem(t, state.error)}
      onConfirm={() => void confirm()}
    />
  );
}
