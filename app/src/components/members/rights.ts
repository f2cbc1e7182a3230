import type { Member, Role } from '@/api/schema';
import { useBootstrap, useCan } from '@/queries/bootstrap';

const OWNER_RANK = 100;

/** What the reader may do to members, as the server will judge it: below his own rank, owners each other. */
export function useMemberRights() {
  const boot = useBootstrap();
  const canManage = useCan('members_update');
  const rank = boot?.role.rank ?? 0;
  const me = boot?.user.id;
  return {
    me,
    /** May he change this member at all? Himself he cannot: he leaves. */
    touches: (member: Pick<Member, 'userId' | 'rank' | 'status'>) =>
      canManage &&
      member.userId !== me &&
      member.status !== 'left' &&
      (member.rank < rank || rank === OWNER_RANK),
    gives: (role: Pick<Role, 'rank'>) => role.rank <= rank,
  };
}
