import { Copy, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Role, Scope, ScopeEntry } from '@/api/schema';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Input } from '@/components/ui/input';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { diff, groups, type ScopeDiff, withDiff } from './levels';
import { ReviewDialog } from './ReviewDialog';
import { roleAbout, roleName } from './role-text';
import { ScopeMatrix } from './ScopeMatrix';

export interface RoleEditorProps {
  role: Role;
  scopes: readonly ScopeEntry[];
  apps: readonly string[];
  grantable: readonly Scope[];
  /** May the reader change this role? Nobody changes a built-in one, or one of his own rank. */
  editable: boolean;
  canCreate: boolean;
  onRename: () => void;
  onCopy: () => void;
  onDelete: () => void;
}

const nothing: ScopeDiff = { added: [], removed: [] };

/** One role: what it allows, and what one is about to change in it. */
export function RoleEditor(props: RoleEditorProps) {
  const t = useT();
  const format = useFormat();
  const { role, scopes, apps, editable } = props;
  const [search, setSearch] = useState('');
  // The change, not the result: what others change in the role meanwhile stays.
  const [draft, setDraft] = useState<ScopeDiff>(nothing);
  const [reviewing, setReviewing] = useState(false);
  const held = withDiff(role.scopes, draft);
  const changes = diff(role.scopes, held);
  const count = changes.added.length + changes.removed.length;
  const shown = groups(scopes, apps);
  const hidden =
    role.scopes.length -
    shown.flatMap((group) => group.entries).filter(({ scope }) => role.scopes.includes(scope)).length;
  return (
    <section aria-label={roleName(t, role.name)} className="flex min-w-0 flex-1 flex-col gap-4">
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="flex flex-wrap items-center gap-2 font-semibold text-section">
            {roleName(t, role.name)}
            {role.isSystem && <Badge>{t('roles.builtInBadge')}</Badge>}
          </h2>
          <p className="mt-0.5 text-dense text-muted">{roleAbout(t, role)}</p>
          <p className="num mt-1 text-meta text-muted">
            {t('roles.people', { count: role.memberCount, shown: format.number(role.memberCount) })}
            {' · '}
            {t('roles.rankIs', { rank: format.number(role.rank) })}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {editable && (
            <Button size="sm" icon={<Pencil />} onClick={props.onRename}>
              {t('roles.rename')}
            </Button>
          )}
          {props.canCreate && (
            <Button size="sm" icon={<Copy />} onClick={props.onCopy}>
              {t('roles.copy')}
            </Button>
          )}
          {editable && (
            <Button size="sm" variant="danger-quiet" icon={<Trash2 />} onClick={props.onDelete}>
              {t('roles.delete')}
            </Button>
          )}
        </div>
      </header>
      {role.isSystem && props.canCreate && <Callout>{t('roles.builtInHint')}</Callout>}
      <Input
        type="search"
        className="sm:max-w-64"
        aria-label={t('roles.search')}
        placeholder={t('roles.search')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <ScopeMatrix
        groups={shown}
        held={held}
        before={new Set(role.scopes)}
        grantable={new Set(props.grantable)}
        search={search}
        {...(editable ? { onChange: (next: Set<Scope>) => setDraft(diff(role.scopes, next)) } : {})}
      />
      {editable && hidden > 0 && (
        <p className="num text-meta text-muted">
          {t('roles.hidden', { count: hidden, shown: format.number(hidden) })}
        </p>
      )}
      {count > 0 && (
        <section
          aria-label={t('roles.unsaved')}
          className="sticky bottom-4 z-30 flex flex-wrap items-center gap-2 rounded-control bg-surface px-3 py-2 shadow-float"
        >
          <p role="status" className="num min-w-0 flex-1 basis-24 text-dense">
            {t('roles.changes', { count, shown: format.number(count) })}
            {role.memberCount > 0 && (
              <span className="text-muted">
                {' · '}
                {t('roles.affects', { count: role.memberCount, shown: format.number(role.memberCount) })}
              </span>
            )}
          </p>
          <Button size="sm" variant="ghost" onClick={() => setDraft(nothing)}>
            {t('roles.discard')}
          </Button>
          <Button size="sm" variant="primary" onClick={() => setReviewing(true)}>
            {t('roles.review')}
          </Button>
        </section>
      )}
      <ReviewDialog
        open={reviewing && count > 0}
        onOpenChange={setReviewing}
        role={role}
        scopes={scopes}
        changes={changes}
        onSaved={() => setDraft(nothing)}
      />
    </section>
  );
}
