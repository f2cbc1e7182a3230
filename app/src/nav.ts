import { type LucideIcon, UserRound } from 'lucide-react';
import type { Scope } from '@/api/schema';

/** Which part of the sidebar an entry stands in. `you` and `organization` are the two halves of the settings. */
export type NavSection = 'main' | 'work' | 'you' | 'organization';

export interface NavEntry {
  id: string;
  /** Below `/o/$slug`. */
  path: string;
  icon: LucideIcon;
  /** The message id of its name. */
  label: string;
  section: NavSection;
  /** All of them are needed; without them the entry is not shown and its page says which is missing. */
  scopes: readonly Scope[];
  /** The app that must be installed. */
  app?: string;
  /** Goes there: `g t`. */
  keys?: string;
  /** The number that stands beside the name. */
  count?: 'unread';
  /** One of the tabs at the bottom of a phone. */
  tab?: true;
}

/**
 * Every page of an organization, once. Sidebar, tabs, palette, shortcuts and the guards of the router read this list and
 * nothing else; an entry without a page, or a page without an entry, does not compile or fails a test.
 */
export const nav = [
  {
    id: 'profile',
    path: '/settings/profile',
    icon: UserRound,
    label: 'nav.profile',
    section: 'you',
    scopes: [],
    keys: 'g p',
    tab: true,
  },
] as const satisfies readonly NavEntry[];

export type NavId = (typeof nav)[number]['id'];

export const entries: readonly NavEntry[] = nav;

/** The entry that an address below `/o/$slug` belongs to: the one with the longest matching path. */
export function entryAt(path: string): NavEntry | undefined {
  const matching = entries.filter(
    (candidate) => path === candidate.path || path.startsWith(`${candidate.path}/`),
  );
  return matching.toSorted((a, b) => b.path.length - a.path.length)[0];
}

export const isSettings = ({ section }: NavEntry): boolean => section === 'you' || section === 'organization';

export function entry(id: NavId): NavEntry {
  const found = entries.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no entry ${id}`);
  return found;
}

/** What somebody with these scopes and apps gets to see. */
export function visible(scopes: readonly Scope[], apps: readonly string[]): NavEntry[] {
  return entries.filter(
    ({ scopes: needed, app }) =>
      needed.every((scope) => scopes.includes(scope)) && (app === undefined || apps.includes(app)),
  );
}
