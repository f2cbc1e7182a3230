import { useCallback } from 'react';
import type { Member, MemberPresence, Role } from '@/api/schema';
import { tellProblem } from '@/components/patterns/tell';
import { roleName } from '@/components/roles/role-text';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useUpdateMember } from '@/queries/members';

/** The acts on one member that can be taken back, with the way back in the toast. */
export function useMemberActs() {
  const t = useT();
  const update = useUpdateMember();

  const giveRole = useCallback(
    async (member: Member, role: Pick<Role, 'id' | 'name'>) => {
      if (role.id === member.roleId) return;
      try {
        const { userId } = member;
        const after = await update({ userId, change: { roleId: role.id }, version: member.version });
        const back = () =>
          update({ userId, change: { roleId: member.roleId }, version: after.version }).catch(
            (error: unknown) => tellProblem(t, error),
          );
        toast({
          title: t('members.roleGiven', { name: member.fullName, role: roleName(t, role.name) }),
          tone: 'success',
          onUndo: () => void back(),
        });
      } catch (error) {
        tellProblem(t, error);
      }
    },
    [t, update],
  );

  const setPresence = useCallback(
    async (member: Member, status: MemberPresence) => {
      await update({ userId: member.userId, change: { status }, version: member.version });
      const said = status === 'suspended' ? 'members.suspendedToast' : 'members.reactivatedToast';
      toast({ title: t(said, { name: member.fullName }), tone: 'success' });
    },
    [t, update],
  );

  return { giveRole, setPresence };
}
