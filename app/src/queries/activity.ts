import { queryOptions } from '@tanstack/react-query';
import type { Event } from '@/api/schema';
import { isCode } from '@/lib/problem';
import { events } from '@/services/events';
import { keys } from './keys';

/** The events of so many numbers are asked for at a time; what is not for one's eyes is missing among them. */
const REACH = 100;
const ENOUGH = 40;
const STEPS = 4;

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
  const found: Event[] = [];
  let end = newest + REACH;
  for (let step = 0; step < STEPS && end > 0 && found.length < ENOUGH; step += 1) {
    // The first step reaches a little beyond what is known: something may have happened since.
    const since = Math.max(0, step === 0 ? newest - REACH / 2 : end - REACH);
    const part = await eventsAfter(since, signal);
    const fresh = part.filter(({ seq, topic }) => topic !== 'me' && (step === 0 || seq <= end));
    found.push(...fresh.toReversed());
    end = since;
  }
  return found;
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
