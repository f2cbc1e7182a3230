import { InfiniteQueryObserver, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Ticket } from '@/api/schema';
import { useOrgId } from './org';
import { rows } from './pages';
import { type TicketSearch, ticketListOptions } from './tickets';

/** One list of several that stand beside or below each other: a column of the board, a group of a list. */
export interface LaneSearch {
  id: string;
  search: TicketSearch;
}

export interface Lane {
  id: string;
  tickets: readonly Ticket[];
  /** All there are, also those that are not loaded. */
  total: number;
  isPending: boolean;
  error: Error | null;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
}

const optionsOf = (org: string, { search }: LaneSearch) => ({
  ...ticketListOptions(org, search),
  // The owner of the lanes shows their errors.
  throwOnError: false as const,
});

const observe = (client: QueryClient, org: string, lane: LaneSearch) =>
  new InfiniteQueryObserver(client, optionsOf(org, lane));

type Observer = ReturnType<typeof observe>;

/** As many infinite queries as there are lanes; hooks can only hold a fixed number of them. */
class Lanes {
  #observers = new Map<string, Observer>();
  #stops = new Map<string, () => void>();
  #listeners = new Set<() => void>();
  #shown: readonly Lane[] = [];

  constructor(
    readonly client: QueryClient,
    readonly org: string,
  ) {}

  aim(lanes: readonly LaneSearch[]): void {
    const wanted = new Map<string, Observer>();
    for (const lane of lanes) {
      const observer = this.#observers.get(lane.id) ?? observe(this.client, this.org, lane);
      observer.setOptions(optionsOf(this.org, lane));
      wanted.set(lane.id, observer);
    }
    for (const [id, stop] of this.#stops) {
      if (wanted.has(id)) continue;
      stop();
      this.#stops.delete(id);
    }
    this.#observers = wanted;
    if (this.#listeners.size > 0) this.#start();
    this.#publish();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#start();
    this.#publish();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      for (const stop of this.#stops.values()) stop();
      this.#stops.clear();
    };
  };

  get = (): readonly Lane[] => this.#shown;

  #start(): void {
    for (const [id, observer] of this.#observers) {
      if (!this.#stops.has(id))
        this.#stops.set(
          id,
          observer.subscribe(() => this.#publish()),
        );
    }
  }

  #publish(): void {
    this.#shown = [...this.#observers].map(([id, observer]) => laneOf(id, observer));
    for (const listener of this.#listeners) listener();
  }
}

function laneOf(id: string, observer: Observer): Lane {
  const result = observer.getCurrentResult();
  const tickets = rows(result.data);
  return {
    id,
    tickets,
    total: Math.max(result.data?.pages[0]?.totalCount ?? 0, tickets.length),
    isPending: result.isPending,
    error: result.data ? null : result.error,
    hasMore: result.hasNextPage,
    loadingMore: result.isFetchingNextPage,
    loadMore: () => void observer.fetchNextPage({ cancelRefetch: false }),
    retry: () => void observer.refetch(),
  };
}

/** The lists of several lanes, in their order. A lane that is asked for something else keeps its id. */
export function useTicketLanes(lanes: readonly LaneSearch[]): readonly Lane[] {
  const client = useQueryClient();
  const org = useOrgId();
  const print = JSON.stringify(lanes);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it shows first; the effect below follows
  const store = useMemo(() => {
    const made = new Lanes(client, org);
    made.aim(lanes);
    return made;
  }, [client, org]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text says whether they are others
  useEffect(() => store.aim(lanes), [store, print]);
  return useSyncExternalStore(store.subscribe, store.get);
}
