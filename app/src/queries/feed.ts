import { type QueryKey, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Bootstrap, Event } from '@/api/schema';
import { isCode } from '@/lib/problem';
import { clientId } from '@/lib/uuid';
import { events } from '@/services/events';
import { keys } from './keys';

const POLL_MS = 15_000;
const NOWHERE = -1;

/** What an event of somebody else makes stale. The modules' names are the first word of an event's type. */
const affected: Record<string, (org: string) => QueryKey[]> = {
  tickets: (org) => [keys.tickets.all(org), keys.ticketBoard(org), keys.notifications.all(org)],
  invoices: (org) => [
    keys.invoices.all(org),
    keys.invoiceSchedules.all(org),
    keys.invoiceSettings(org),
    keys.customers.all(org),
    keys.catalogueItems.all(org),
    keys.taxRates.all(org),
  ],
  campaigns: (org) => [
    keys.campaigns.all(org),
    keys.contactLists.all(org),
    keys.suppressions.all(org),
    keys.notifications.all(org),
  ],
  notifications: (org) => [keys.notifications.all(org)],
  members: (org) => [
    keys.members.all(org),
    keys.people.all(org),
    keys.bootstrap(org),
    keys.notifications.all(org),
  ],
  invitations: (org) => [keys.invitations.all(org)],
  roles: (org) => [keys.roles.all(org), keys.members.all(org), keys.bootstrap(org)],
  organizations: (org) => [keys.organization.all(org), keys.members.all(org), keys.bootstrap(org)],
  settings: (org) => [keys.settings(org)],
  users: (org) => [keys.people.all(org), keys.members.all(org)],
  apps: (org) => [keys.bootstrap(org)],
};

/** The keys that a batch of events makes stale, each once. What this tab did itself it knows already. */
export function staleAfter(org: string, batch: readonly Event[]): QueryKey[] {
  const modules = new Set<string>();
  for (const event of batch) {
    if (event.originClientId === clientId) continue;
    modules.add(event.type.split('.')[0] ?? '');
    modules.add(event.topic);
  }
  const stale = [...modules].flatMap((module) => affected[module]?.(org) ?? []);
  return [...new Map(stale.map((key) => [JSON.stringify(key), key])).values()];
}

/** What happened since the last look. Asked only while the page is to be seen. */
function feedOptions(org: string, start: number) {
  return queryOptions({
    queryKey: keys.feed(org),
    queryFn: async ({ client, signal }): Promise<{ cursor: number; batch: Event[]; lost: boolean }> => {
      const known = client.getQueryData<{ cursor: number }>(keys.feed(org))?.cursor ?? NOWHERE;
      try {
        const answer = await events.list({ since: known === NOWHERE ? start : known, limit: 100 }, signal);
        return { cursor: answer.cursor, batch: answer.data, lost: answer.more };
      } catch (error) {
        if (!isCode(error, 'cursor_expired')) throw error;
        // The fresh bootstrap that follows says where to go on.
        return { cursor: NOWHERE, batch: [], lost: true };
      }
    },
    refetchInterval: POLL_MS,
    staleTime: POLL_MS,
    throwOnError: false,
  });
}

/** Follows the organization's events, so that what others change appears without a reload. */
export function useFeed(boot: Bootstrap): void {
  const client = useQueryClient();
  const org = boot.organization.id;
  const { data } = useQuery(feedOptions(org, boot.cursor));
  useEffect(() => {
    if (!data) return;
    const stale: QueryKey[] = data.lost ? [keys.org(org)] : staleAfter(org, data.batch);
    const isOther = (key: QueryKey) => key[2] !== 'feed';
    for (const queryKey of stale) {
      void client.invalidateQueries({ queryKey, predicate: (query) => isOther(query.queryKey) });
    }
  }, [client, data, org]);
}
