import { useQuery } from '@tanstack/react-query';
import { Minus, Plus } from 'lucide-react';
import type { Role, Scope, ScopeEntry } from '@/api/schema';
import { dialogProblem } from '@/components/patterns/tell';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog } from '@/components/ui/dialog';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { roleMembersOptions } from '@/queries/members';
import { useOrgId } from '@/queries/org';
import { useUpdateRole } from '@/queries/roles';
import { type ScopeDiff, withDiff } from './levels';
import { roleName } from './role-text';
import { moduleName, scopeText } from './scope-text';

export interface ReviewDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  role: Role;
  scopes: readonly ScopeEntry[];
  changes: ScopeDiff;
  onSaved: () => void;
}

/** What would change and for whom, before it does. */
export function ReviewDialog(props: ReviewDialogProps) {
  const t = useT();
  const { open, onOpenChange, role, changes } = props;
  const update = useUpdateRole();
  const save = async () => {
    const scopes = [...withDiff(role.scopes, changes)];
    try {
      await update.mutateAsync({ id: role.id, change: { scopes }, version: role.version });
    } catch {
      return; // Shown below from the state of the write.
    }
    toast({ title: t('roles.saved', { name: roleName(t, role.name) }), tone: 'success' });
    onOpenChange(false);
    props.onSaved();
  };
  const problem = dialogProblem(t, update.error);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('roles.reviewTitle', { name: roleName(t, role.name) })}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('patterns.cancel')}</Button>
          <Button variant="primary" busy={update.isPending} onClick={() => void save()}>
            {t('roles.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ScopeList kind="added" scopes={changes.added} entries={props.scopes} />
        <ScopeList kind="removed" scopes={changes.removed} entries={props.scopes} />
        <Affected role={role} />
        {problem && (
          <Callout alert tone="danger">
            {problem}
          </Callout>
        )}
      </div>
    </Dialog>
  );
}

function ScopeList(props: {
  kind: 'added' | 'removed';
  scopes: readonly Scope[];
  entries: readonly ScopeEntry[];
}) {
  const t = useT();
  const format = useFormat();
  const { kind, scopes, entries } = props;
  if (scopes.length === 0) return null;
  const added = kind === 'added';
  const Icon = added ? Plus : Minus;
  const values = { count: scopes.length, shown: format.number(scopes.length) };
  const title = added ? t('roles.added', values) : t('roles.removed', values);
  return (
    <div>
      <h3 className="mb-1 font-medium text-dense">{title}</h3>
      <ul aria-label={title} className="divide-y divide-line rounded-control border border-line">
        {entries
          .filter(({ scope }) => scopes.includes(scope))
          .map((entry) => (
            <li key={entry.scope} className="flex items-start gap-2 px-3 py-1.5 text-dense">
              <Icon
                aria-hidden="true"
                className={`mt-0.5 size-3.5 shrink-0 ${added ? 'text-success' : 'text-danger'}`}
              />
              <span className="min-w-0 flex-1">{scopeText(t, entry)}</span>
              <span className="text-meta text-muted">{moduleName(t, entry.module)}</span>
            </li>
          ))}
      </ul>
    </div>
  );
}

/** The people by name where one may see them, else only how many. */
function Affected({ role }: { role: Role }) {
  const t = useT();
  const format = useFormat();
  const mayList = useCan('members_list');
  const { data } = useQuery({
    ...roleMembersOptions(useOrgId(), role.id),
    enabled: mayList && role.memberCount > 0,
  });
  const count = role.memberCount;
  if (count === 0) return <p className="text-dense text-muted">{t('roles.affectsNobody')}</p>;
  const names = data?.data.map(({ fullName }) => fullName) ?? [];
  const more = count - names.length;
  return (
    <div className="text-dense">
      <h3 className="font-medium">{t('roles.affects', { count, shown: format.number(count) })}</h3>
      {names.length > 0 && (
        <p className="mt-0.5 text-muted">
          {names.join(', ')}
          {more > 0 && ` ${t('roles.andMore', { count: more, shown: format.number(more) })}`}
        </p>
      )}
      <p className="mt-0.5 text-muted">{t('roles.atOnce')}</p>
    </div>
  );
}
