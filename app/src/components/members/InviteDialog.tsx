import { useState } from 'react';
import type { InvitationRow, Role } from '@/api/schema';
import { dialogProblem } from '@/components/patterns/tell';
import { roleName } from '@/components/roles/role-text';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Chip } from '@/components/ui/chip';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { useFormat } from '@/components/ui/preferences';
import { Select } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import { useT } from '@/i18n/i18n';
import { useInvite } from '@/queries/invitations';
import { type Address, MOST, parseAddresses } from './addresses';
import { InviteResults } from './InviteResults';
import { useMemberRights } from './rights';

export interface InviteDialogProps {
  roles: readonly Role[];
  onClose: () => void;
}

/** One or many at once: paste, check, send, and read what became of each. Mounted while it is open. */
export function InviteDialog({ roles, onClose }: InviteDialogProps) {
  const t = useT();
  const [results, setResults] = useState<readonly InvitationRow[] | null>(null);
  const [text, setText] = useState('');
  const again = (failed: readonly string[]) => {
    setText(failed.join('\n'));
    setResults(null);
  };
  return (
    <Dialog
      open
      sticky
      onOpenChange={onClose}
      title={t(results ? 'members.inviteDone' : 'members.inviteTitle')}
      description={results ? undefined : t('members.inviteAbout')}
    >
      {results ? (
        <InviteResults results={results} onAgain={again} onClose={onClose} />
      ) : (
        <InviteForm roles={roles} text={text} onText={setText} onSent={setResults} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface FormProps extends InviteDialogProps {
  text: string;
  onText: (text: string) => void;
  onSent: (results: readonly InvitationRow[]) => void;
}

function InviteForm({ roles, text, onText, onSent, onClose }: FormProps) {
  const t = useT();
  const format = useFormat();
  const rights = useMemberRights();
  const invite = useInvite();
  const givable = roles.filter(rights.gives);
  const usual = givable.find(({ name, isSystem }) => isSystem && name === 'Member') ?? givable.at(-1);
  const [roleId, setRoleId] = useState(usual?.id ?? null);
  const [tried, setTried] = useState(false);
  const names = givable.flatMap((role) => [role, { id: role.id, name: roleName(t, role.name) }]);
  const { good, wrong, twice } = parseAddresses(text, names);
  const tooMany = good.length > MOST;
  const send = () => {
    setTried(true);
    if (good.length === 0 || wrong.length > 0 || tooMany || !roleId) return;
    const invitations = good.map(({ email, roleId: own }) => ({ email, roleId: own ?? roleId }));
    invite.mutate({ invitations }, { onSuccess: ({ results }) => onSent(results) });
  };
  const problem = dialogProblem(t, invite.error);
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field label={t('members.addresses')} hint={t('members.addressesHint')} error={fault()}>
        <Textarea
          rows={4}
          spellCheck={false}
          autoComplete="off"
          value={text}
          placeholder="sita@example.com, hari@example.com"
          onChange={(event) => onText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
          }}
        />
      </Field>
      <Field label={t('members.role')}>
        <Select
          value={roleId}
          onValueChange={setRoleId}
          placeholder={t('patterns.choose')}
          options={givable.map((role) => ({ value: role.id, label: roleName(t, role.name) }))}
        />
      </Field>
      {(good.length > 1 || twice > 0) && (
        <Preview good={good} twice={twice} roles={roles} onRemove={(email) => onText(without(text, email))} />
      )}
      {problem && (
        <Callout alert tone="danger">
          {problem}
        </Callout>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('patterns.cancel')}</Button>
        <Button type="submit" variant="primary" busy={invite.isPending}>
          {good.length > 1
            ? t('members.sendMany', { count: good.length, shown: format.number(good.length) })
            : t('members.send')}
        </Button>
      </div>
    </form>
  );

  function fault(): string | undefined {
    if (tooMany) return t('members.tooMany', { most: format.number(MOST) });
    if (!tried) return undefined;
    if (wrong.length > 0) return t('members.noAddress', { pieces: wrong.slice(0, 5).join(', ') });
    return good.length === 0 ? t('members.addressNeeded') : undefined;
  }
}

interface PreviewProps {
  good: readonly Address[];
  twice: number;
  roles: readonly Role[];
  onRemove: (email: string) => void;
}

/** Who would get a mail, as it was understood. */
function Preview({ good, twice, roles, onRemove }: PreviewProps) {
  const t = useT();
  const format = useFormat();
  const nameOf = (id: string) => roles.find((role) => role.id === id)?.name;
  return (
    <div>
      <p className="num mb-1.5 text-meta text-muted" role="status">
        {t('members.understood', { count: good.length, shown: format.number(good.length) })}
        {twice > 0 && ` ${t('members.twice', { count: twice, shown: format.number(twice) })}`}
      </p>
      <ul className="flex max-h-36 flex-wrap gap-1 overflow-y-auto">
        {good.map(({ email, roleId }) => (
          <li key={email} className="max-w-full">
            <Chip name={email} onRemove={() => onRemove(email)}>
              {email}
              {roleId && <span className="text-muted"> · {roleName(t, nameOf(roleId) ?? '')}</span>}
            </Chip>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The text without an address, however it was written. */
export function without(text: string, email: string): string {
  const escaped = email.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text
    .replace(new RegExp(`[^,;\\n\\r<]*<\\s*${escaped}\\s*>|(?<![^\\s,;])${escaped}(?![^\\s,;])`, 'gi'), '')
    .trim();
}
