import { CircleAlert, CircleCheck, UserX } from 'lucide-react';
import { useState } from 'react';
import type { Member, Role } from '@/api/schema';
import { BulkBar } from '@/components/patterns/BulkBar';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useUpdateMember } from '@/queries/members';
import { RoleMenu } from './RoleMenu';
import { useMemberRights } from './rights';

export interface MemberBulkProps {
  members: readonly Member[];
  roles: readonly Role[];
  onClear: () => void;
}

type Change = { roleId: string } | { status: 'suspended' };
type Outcome = { member: Member; problem: string | null };

/** The same change to several members, one request each; what failed is told by name. */
export function MemberBulk({ members, roles, onClear }: MemberBulkProps) {
  const t = useT();
  const format = useFormat();
  const rights = useMemberRights();
  const update = useUpdateMember();
  const [suspending, setSuspending] = useState(false);
  const [busy, setBusy] = useState(false);
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null);

  const apply = async (change: Change) => {
    setBusy(true);
    const done: Outcome[] = [];
    // One after the other: a question for a proof comes once, and answers the rest.
    for (const member of members) {
      done.push(await one(member, change));
    }
    setBusy(false);
    setSuspending(false);
    const changed = done.filter(({ problem }) => problem === null).length;
    if (changed < done.length) setOutcomes(done);
    else
      toast({
        title: t('members.bulkDone', { count: changed, shown: format.number(changed) }),
        tone: 'success',
      });
    onClear();
  };

  async function one(member: Member, change: Change): Promise<Outcome> {
    if (!rights.touches(member)) return { member, problem: t('members.notYours') };
    if ('roleId' in change && change.roleId === member.roleId) return { member, problem: null };
    try {
      await update({ userId: member.userId, change, version: member.version });
      return { member, problem: null };
    } catch (error) {
      return { member, problem: problemText(t, error) };
    }
  }

  const count = members.length;
  return (
    <>
      <BulkBar count={count} onClear={onClear}>
        <RoleMenu
          roles={roles}
          gives={rights.gives}
          label={t('members.bulkRole')}
          onPick={(role) => apply({ roleId: role.id })}
        >
          {t('members.bulkRole')}
        </RoleMenu>
        <Button size="sm" variant="danger-quiet" icon={<UserX />} onClick={() => setSuspending(true)}>
          {t('members.suspend')}
        </Button>
      </BulkBar>
      {suspending && (
        <ConfirmDialog
          open
          onOpenChange={setSuspending}
          title={t('members.bulkSuspendTitle', { count, shown: format.number(count) })}
          description={t('members.suspendAbout')}
          confirmLabel={t('members.suspend')}
          busy={busy}
          onConfirm={() => void apply({ status: 'suspended' })}
        />
      )}
      {outcomes && (
        <Dialog open onOpenChange={() => setOutcomes(null)} title={t('members.bulkResult')} size="md">
          <OutcomeList outcomes={outcomes} />
        </Dialog>
      )}
    </>
  );
}

function OutcomeList({ outcomes }: { outcomes: readonly Outcome[] }) {
  const t = useT();
  return (
    <ul className="divide-y divide-line text-dense">
      {outcomes.map(({ member, problem }) => (
        <li key={member.userId} className="flex items-start gap-2 py-2">
          {problem === null ? (
            <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
          ) : (
            <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />
          )}
          <span className="min-w-0 flex-1">
            <span className="block font-medium">{member.fullName}</span>
            <span className="block text-muted">{problem ?? t('members.changedRow')}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
