import { queryOptions } from '@tanstack/react-query';
import type { Event } from '@/api/schema';
import { isCode } from '@/lib/problem';
import { events } from '@/services/events';
import { keys } from './keys';

/** The events of so many numbers are asked for at a time; what is not for one's eyes is missing among them. */
const REACH = 100;
const ENOUGH = 40;
const STEPS = 3;

/** What happened to the organization last, newest first. `cursor` is the number of the last known event. */
export const recentEventsOptions = (org: string, cursor: number) =>
  queryOptions({
    queryKey: keys.activity(org),
    queryFn: async ({ client, signal }): Promise<Event[]> => {
      const heard = client.getQueryData<{ cursor: number }>(keys.feed(org))?.cursor ?? 0;
      return await lookBack(Math.max(heard, cursor), signal);
    },
    staleTime: 60_000,
    refetchInterval: 120_000,
    throwOnError: false,
  });

async function lookBack(newest: number, signal: AbortSignal): Promise<Event[]> {
  // Reaches a little beyond what is known: something may have happened since.
  const start = Math.max(0, newest - REACH / 2);
  const found = shown(await eventsAfter(start, signal));
  if (found.length >= ENOUGH) return found;
  const parts = Array.from({ length: STEPS }, (_, step) => start - step * REACH)
    .filter((end) => end > 0)
    .map(async (end) => {
      const part = await eventsAfter(Math.max(0, end - REACH), signal);
      return shown(part.filter(({ seq }) => seq <= end));
    });
  return [...found, ...(await Promise.all(parts)).flat()];
}

/** The newest first, without what is for one alone, which the inbox tells, and without the mails. */
function shown(events: readonly Event[]): Event[] {
  return events.filter(({ topic }) => topic !== 'me' && topic !== 'notifications').toReversed();
}

async function eventsAfter(since: number, signal: AbortSignal): Promise<Event[]> {
  try {
    return (await events.list({ since, limit: REACH }, signal)).data;
  } catch (error) {
    // The log no longer reaches back so far: there is nothing more to tell.
    if (isCode(error, 'cursor_expired')) return [];
    throw error;
  }
}
