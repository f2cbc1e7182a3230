import {
  Bell,
  Building2,
  Cog,
  House,
  Inbox,
  KeyRound,
  ListChecks,
  type LucideIcon,
  Megaphone,
  Palette,
  ReceiptText,
  ScrollText,
  ShieldCheck,
  ShieldHalf,
  SlidersHorizontal,
  SquareKanban,
  Ticket,
  UserCog,
  UserRound,
  Users,
} from 'lucide-react';
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
    id: 'home',
    path: '/',
    icon: House,
    label: 'dashboard.title',
    section: 'main',
    scopes: [],
    keys: 'g h',
    tab: true,
  },
  {
    id: 'inbox',
    path: '/inbox',
    icon: Inbox,
    label: 'inbox.title',
    section: 'main',
    scopes: ['notifications:read'],
    keys: 'g i',
    count: 'unread',
    tab: true,
  },
  {
    id: 'myWork',
    path: '/my-work',
    icon: ListChecks,
    label: 'tickets.myWork',
    section: 'main',
    scopes: ['tickets:read'],
    app: 'tickets',
    keys: 'g w',
  },
  {
    id: 'tickets',
    path: '/tickets',
    icon: Ticket,
    label: 'nav.tickets',
    section: 'work',
    scopes: ['tickets:read'],
    app: 'tickets',
    keys: 'g t',
    tab: true,
  },
  {
    id: 'invoices',
    path: '/invoices',
    icon: ReceiptText,
    label: 'nav.invoices',
    section: 'work',
    scopes: ['invoices:read'],
    app: 'invoices',
    keys: 'g v',
  },
  {
    id: 'campaigns',
    path: '/campaigns',
    icon: Megaphone,
    label: 'nav.campaigns',
    section: 'work',
    scopes: ['campaigns:read'],
    app: 'campaigns',
    keys: 'g c',
  },
  {
    id: 'profile',
    path: '/settings/profile',
    icon: UserRound,
    label: 'nav.profile',
    section: 'you',
    scopes: [],
    keys: 'g p',
  },
  {
    id: 'appearance',
    path: '/settings/appearance',
    icon: Palette,
    label: 'account.appearance',
    section: 'you',
    scopes: [],
  },
  {
    id: 'notifications',
    path: '/settings/notifications',
    icon: Bell,
    label: 'account.notifications',
    section: 'you',
    scopes: ['notifications:read'],
  },
  {
    id: 'security',
    path: '/settings/security',
    icon: ShieldCheck,
    label: 'account.security',
    section: 'you',
    scopes: [],
    keys: 'g s',
  },
  {
    id: 'myOrganizations',
    path: '/settings/organizations',
    icon: Building2,
    label: 'account.organizations',
    section: 'you',
    scopes: [],
  },
  {
    id: 'members',
    path: '/settings/members',
    icon: Users,
    label: 'members.title',
    section: 'organization',
    scopes: ['members:read'],
    keys: 'g m',
  },
  {
    id: 'roles',
    path: '/settings/roles',
    icon: UserCog,
    label: 'roles.title',
    section: 'organization',
    scopes: ['roles:read'],
    keys: 'g r',
  },
  {
    id: 'organization',
    path: '/settings/organization',
    icon: SlidersHorizontal,
    label: 'orgSettings.title',
    section: 'organization',
    scopes: ['organization:read'],
    keys: 'g o',
  },
  {
    id: 'policy',
    path: '/settings/policy',
    icon: ShieldHalf,
    label: 'orgSettings.policy',
    section: 'organization',
    scopes: ['organization:manage'],
  },
  {
    id: 'ticketSettings',
    path: '/settings/tickets',
    icon: SquareKanban,
    label: 'nav.ticketSettings',
    section: 'organization',
    scopes: ['tickets:manage'],
    app: 'tickets',
  },
  {
    id: 'invoiceSettings',
    path: '/settings/invoices',
    icon: ReceiptText,
    label: 'nav.invoiceSettings',
    section: 'organization',
    scopes: ['invoices:manage'],
    app: 'invoices',
  },
  {
    id: 'apiKeys',
    path: '/settings/api-keys',
    icon: KeyRound,
    label: 'apiKeys.title',
    section: 'organization',
    scopes: ['api-keys:read'],
    keys: 'g k',
  },
  {
    id: 'audit',
    path: '/settings/audit',
    icon: ScrollText,
    label: 'audit.title',
    section: 'organization',
    scopes: ['audit:read'],
    keys: 'g a',
  },
  {
    id: 'jobs',
    path: '/settings/jobs',
    icon: Cog,
    label: 'jobs.title',
    section: 'organization',
    scopes: ['jobs:read'],
    keys: 'g j',
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
