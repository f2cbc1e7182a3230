import { useQueryClient } from '@tanstack/react-query';
import type { Ticket } from '@/api/schema';
import { keys } from '@/queries/keys';
import { useOrgId } from '@/queries/org';
import { type Pages, rows } from '@/queries/pages';

/** The tags of all tickets that this tab has seen, in their order. The API keeps no list of them. */
export function useKnownTags(): readonly string[] {
  const client = useQueryClient();
  const lists = client.getQueriesData<Pages<Ticket>>({ queryKey: keys.tickets.lists(useOrgId()) });
  const all = lists.flatMap(([, pages]) => rows(pages).flatMap(({ tags }) => tags));
  return [...new Set(all)].toSorted((a, b) => a.localeCompare(b));
}
