import type { QueryClient } from '@tanstack/react-query';
import type { Notification, NotificationMark } from '@/api/schema';
import { keys } from './keys';
import { type Overlay, overlay, type Pending } from './overlay';
import { mapRows, type Pages } from './pages';

type Marks = Pick<Notification, 'readAt' | 'seenAt' | 'archivedAt' | 'snoozedUntil'>;

const overlays = new WeakMap<QueryClient, Map<string, Overlay<Marks>>>();

/** Marks show at once. Rows stay where they are until the lists are fetched again, so nothing jumps away. */
export function notificationOverlay(client: QueryClient, org: string) {
  const perOrg = overlays.get(client) ?? new Map<string, Overlay<Marks>>();
  overlays.set(client, perOrg);
  const layers = perOrg.get(org) ?? make(client, org);
  perOrg.set(org, layers);
  return {
    mark: (id: string, mark: NotificationMark, until?: string): Pending<Marks> =>
      layers.begin(id, effect(mark, new Date().toISOString(), until)),
  };
}

/** What a mark does to a notification. */
export function effect(mark: NotificationMark, now: string, until?: string): Partial<Marks> {
  const effects: Record<NotificationMark, Partial<Marks>> = {
    seen: { seenAt: now },
    read: { readAt: now, seenAt: now },
    unread: { readAt: null },
    archived: { archivedAt: now },
    restored: { archivedAt: null, snoozedUntil: null },
    snoozed: { snoozedUntil: until ?? null },
  };
  return effects[mark];
}

function make(client: QueryClient, org: string): Overlay<Marks> {
  const queryKey = keys.notifications.lists(org);
  const find = (id: string) => {
    for (const [, pages] of client.getQueriesData<Pages<Notification>>({ queryKey })) {
      const found = pages?.pages.flatMap((page) => page.data).find((row) => row.id === id);
      if (found) return found;
    }
    return undefined;
  };
  const write = (id: string, fields: Partial<Marks>) => {
    const change = (rows: Notification[]) =>
      rows.some((row) => row.id === id)
        ? rows.map((row) => (row.id === id ? { ...row, ...fields } : row))
        : rows;
    client.setQueriesData<Pages<Notification>>({ queryKey }, (pages) => pages && mapRows(pages, change));
  };
  return overlay<Marks>((id) => find(id) ?? {}, write);
}
