import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Scope } from '@/api/schema';
import { Badge } from '@/components/ui/badge';
import { Checkbox } from '@/components/ui/checkbox';
import { useFormat } from '@/components/ui/preferences';
import { Segmented } from '@/components/ui/segmented';
import { useT } from '@/i18n/i18n';
import { atLevel, type Level, levelOf, levelsOf, type ScopeGroup } from './levels';
import { moduleName, scopeText } from './scope-text';

export interface ScopeMatrixProps {
  groups: readonly ScopeGroup[];
  held: ReadonlySet<Scope>;
  /** What was held before, to show what changes. */
  before?: ReadonlySet<Scope>;
  /** What the reader may give. */
  grantable: ReadonlySet<Scope>;
  /** Shows only modules and scopes with this text in them. */
  search?: string;
  /** Without it the matrix is for reading. */
  onChange?: (held: Set<Scope>) => void;
}

/** Who may do what, by module: a level at a time, or scope by scope behind the arrow. */
export function ScopeMatrix({ groups, search = '', ...rest }: ScopeMatrixProps) {
  const t = useT();
  const wanted = search.trim().toLocaleLowerCase();
  const shown = groups.filter((group) => wanted === '' || textOf(group, t).includes(wanted));
  if (shown.length === 0)
    return <p className="py-6 text-center text-dense text-muted">{t('patterns.nothingFound')}</p>;
  return (
    <ul className="divide-y divide-line border-line border-y">
      {shown.map((group) => (
        <ModuleRow key={group.module} group={group} found={wanted !== ''} {...rest} />
      ))}
    </ul>
  );
}

function textOf(group: ScopeGroup, t: ReturnType<typeof useT>): string {
  const words = group.entries.flatMap((entry) => [entry.scope, scopeText(t, entry)]);
  return [moduleName(t, group.module), ...words].join(' ').toLocaleLowerCase();
}

type RowProps = Omit<ScopeMatrixProps, 'groups' | 'search'> & { group: ScopeGroup; found: boolean };

const levelLabel = (t: ReturnType<typeof useT>): Record<Level, string> => ({
  none: t('roles.none'),
  view: t('roles.view'),
  edit: t('roles.edit'),
  manage: t('roles.manage'),
});

function ModuleRow({ group, found, held, before, grantable, onChange }: RowProps) {
  const t = useT();
  const format = useFormat();
  const [opened, setOpened] = useState(false);
  const open = opened || found;
  const name = moduleName(t, group.module);
  const labels = levelLabel(t);
  const level = levelOf(group, held);
  const count = group.entries.filter(({ scope }) => held.has(scope)).length;
  const changed = before && group.entries.some(({ scope }) => held.has(scope) !== before.has(scope));
  return (
    <li className={clsx(changed && 'bg-accent-soft')}>
      <div className="flex min-h-row flex-wrap items-center gap-x-3 gap-y-1 px-2 py-1">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpened(!open)}
          className="flex min-h-6 min-w-0 flex-1 basis-40 items-center gap-2 rounded-chip text-left text-dense"
        >
          <ChevronRight
            aria-hidden="true"
            className={clsx(
              'size-4 shrink-0 text-muted transition-transform duration-120',
              open && 'rotate-90',
            )}
          />
          <span className="min-w-0 truncate font-medium">{name}</span>
          <span className="num shrink-0 text-meta text-muted">
            {t('roles.someOf', { count: format.number(count), total: format.number(group.entries.length) })}
          </span>
          {changed && <Badge tone="accent">{t('roles.changed')}</Badge>}
        </button>
        {onChange ? (
          <Segmented
            label={t('roles.levelOf', { module: name })}
            value={level ?? 'own'}
            onValueChange={(next) => next !== 'own' && onChange(atLevel(group, next, held, grantable))}
            options={[
              ...levelsOf(group).map(({ level: value }) => ({ value, label: labels[value] })),
              ...(level ? [] : [{ value: 'own' as const, label: t('roles.own') }]),
            ]}
          />
        ) : (
          <span className={clsx('text-dense', count === 0 && 'text-muted')}>
            {level ? labels[level] : t('roles.own')}
          </span>
        )}
      </div>
      {open && (
        <ul className="grid gap-px pb-2 pl-7">
          {group.entries.map((entry) => {
            const on = held.has(entry.scope);
            const touched = before && on !== before.has(entry.scope);
            const locked = !onChange || (!on && !grantable.has(entry.scope) && !before?.has(entry.scope));
            return (
              <li
                key={entry.scope}
                className={clsx(
                  'flex flex-wrap items-center justify-between gap-x-3 px-2 py-1',
                  touched && 'font-medium',
                )}
              >
                <Checkbox
                  checked={on}
                  disabled={locked}
                  label={scopeText(t, entry)}
                  {...(onChange && locked ? { hint: t('roles.notHeld') } : {})}
                  onCheckedChange={(next) => onChange?.(toggled(held, entry.scope, next))}
                />
                <code className="ml-7 font-mono text-meta text-muted sm:ml-0">{entry.scope}</code>
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}

function toggled(held: ReadonlySet<Scope>, scope: Scope, on: boolean): Set<Scope> {
  const next = new Set(held);
  if (on) next.add(scope);
  else next.delete(scope);
  return next;
}
