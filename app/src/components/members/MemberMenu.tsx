import { MoreHorizontal, UserCheck, UserMinus, UserX } from 'lucide-react';
import { useState } from 'react';
import type { Member } from '@/api/schema';
import { dialogProblem, tellProblem } from '@/components/patterns/tell';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useRemoveMember } from '@/queries/members';
import { useMemberActs } from './use-member-acts';

/** Suspend, let back in, remove: what follows is said before it happens. */
export function MemberMenu({ member }: { member: Member }) {
  const t = useT();
  const { setPresence } = useMemberActs();
  const [asking, setAsking] = useState<'suspend' | 'remove' | null>(null);
  const reactivate = () =>
    void setPresence(member, 'active').catch((error: unknown) => tellProblem(t, error));
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton
            size="sm"
            tooltip={false}
            label={t('members.actionsOn', { name: member.fullName })}
            icon={<MoreHorizontal />}
          />
        }
      >
        {member.status === 'suspended' ? (
          <MenuItem icon={<UserCheck />} onSelect={reactivate}>
            {t('members.reactivate')}
          </MenuItem>
        ) : (
          <MenuItem icon={<UserX />} onSelect={() => setAsking('suspend')}>
            {t('members.suspend')}
          </MenuItem>
        )}
        <MenuItem icon={<UserMinus />} tone="danger" onSelect={() => setAsking('remove')}>
          {t('members.remove')}
        </MenuItem>
      </Menu>
      {asking === 'suspend' && <SuspendDialog member={member} onClose={() => setAsking(null)} />}
      {asking === 'remove' && <RemoveDialog member={member} onClose={() => setAsking(null)} />}
    </>
  );
}

interface AskProps {
  member: Member;
  onClose: () => void;
}

function SuspendDialog({ member, onClose }: AskProps) {
  const t = useT();
  const { setPresence } = useMemberActs();
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const confirm = async () => {
    setState({ busy: true });
    try {
      await setPresence(member, 'suspended');
      onClose();
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('members.suspendTitle', { name: member.fullName })}
      description={t('members.suspendAbout')}
      confirmLabel={t('members.suspend')}
      busy={state.busy}
      error={dialogProblem(t, state.error)}
      onConfirm={() => void confirm()}
    />
  );
}

function RemoveDialog({ member, onClose }: AskProps) {
  const t = useT();
  const remove = useRemoveMember();
  const confirm = () =>
    remove.mutate(
      { userId: member.userId, version: member.version },
      {
        onSuccess: () => {
          toast({ title: t('members.removedToast', { name: member.fullName }), tone: 'success' });
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('members.removeTitle', { name: member.fullName })}
      description={t('members.removeAbout')}
      confirmLabel={t('members.remove')}
      busy={remove.isPending}
      error={dialogProblem(t, remove.error)}
      onConfirm={confirm}
    />
  );
}
