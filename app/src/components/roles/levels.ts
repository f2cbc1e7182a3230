import { ops } from '@/api/ops';
import type { Scope, ScopeEntry } from '@/api/schema';

export type Level = 'none' | 'view' | 'edit' | 'manage';

export interface ScopeGroup {
  module: string;
  entries: readonly ScopeEntry[];
}

/** What everyday work takes besides looking. */
const EDITING = ['write', 'assign', 'invite', 'issue', 'create-channel'];

const verb = (scope: Scope): string => scope.split(':')[1] ?? '';

/** Modules with an operation behind their scopes. The registry names all there will ever be. */
const present = new Set(
  Object.values(ops).flatMap((asks) => (asks === 'public' ? [] : asks.map((scope) => scope.split(':')[0]))),
);

/** The scopes of the modules and apps that are there, by module, in the order of the server. */
export function groups(entries: readonly ScopeEntry[], apps: readonly string[]): ScopeGroup[] {
  const shown = entries.filter(({ app, module }) => present.has(module) && (!app || apps.includes(app)));
  const modules = [...new Set(shown.map(({ module }) => module))];
  return modules.map((module) => ({ module, entries: shown.filter((entry) => entry.module === module) }));
}

/** The levels a module has, each with its scopes. A level that would be the one below is left out. */
export function levelsOf({ entries }: ScopeGroup): { level: Level; scopes: readonly Scope[] }[] {
  const scopes = entries.map(({ scope }) => scope);
  const view = scopes.filter((scope) => verb(scope) === 'read');
  const edit = scopes.filter((scope) => verb(scope) === 'read' || EDITING.includes(verb(scope)));
  const all = [
    { level: 'none', scopes: [] },
    { level: 'view', scopes: view },
    { level: 'edit', scopes: edit },
    { level: 'manage', scopes },
  ] as const;
  return all.filter(
    ({ scopes: mine }, index) => index === 0 || mine.length > (all[index - 1]?.scopes.length ?? 0),
  );
}

/** Which level a set of scopes is, if it is one. */
export function levelOf(group: ScopeGroup, held: ReadonlySet<Scope>): Level | null {
  const mine = group.entries.filter(({ scope }) => held.has(scope)).map(({ scope }) => scope);
  const match = levelsOf(group).find(
    ({ scopes }) => scopes.length === mine.length && scopes.every((scope) => mine.includes(scope)),
  );
  return match?.level ?? null;
}

/**
 * The set with a module brought to a level. What somebody may not give he does not give, and what was there before and
 * is not his to give stays where the level has it.
 */
export function atLevel(
  group: ScopeGroup,
  level: Level,
  held: ReadonlySet<Scope>,
  grantable: ReadonlySet<Scope>,
): Set<Scope> {
  const wanted = levelsOf(group).find((candidate) => candidate.level === level)?.scopes ?? [];
  const next = new Set(held);
  for (const { scope } of group.entries) {
    if (!wanted.includes(scope)) next.delete(scope);
    else if (grantable.has(scope)) next.add(scope);
  }
  return next;
}

export interface ScopeDiff {
  added: Scope[];
  removed: Scope[];
}

export function diff(before: readonly Scope[], after: ReadonlySet<Scope>): ScopeDiff {
  return {
    added: [...after].filter((scope) => !before.includes(scope)),
    removed: before.filter((scope) => !after.has(scope)),
  };
}

/** The change on top of what the role has now, which may be more than when one began. */
export function withDiff(scopes: readonly Scope[], { added, removed }: ScopeDiff): Set<Scope> {
  return new Set([...scopes, ...added].filter((scope) => !removed.includes(scope)));
}
