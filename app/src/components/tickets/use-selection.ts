import { useCallback, useMemo, useRef, useState } from 'react';
import type { Ticket } from '@/api/schema';

/** What is selected, in the order of the page; Shift takes everything between. */
export function useSelection(shown: readonly Ticket[]) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Ticket>>(new Map());
  const anchor = useRef<string | null>(null);
  const toggle = useCallback(
    (ticket: Ticket, range: boolean) => {
      setChosen((before) => {
        const next = new Map(before);
        const from = shown.findIndex(({ id }) => id === anchor.current);
        const to = shown.findIndex(({ id }) => id === ticket.id);
        if (range && from >= 0 && to >= 0) {
          for (const between of shown.slice(Math.min(from, to), Math.max(from, to) + 1)) {
            next.set(between.id, between);
          }
          return next;
        }
        if (!next.delete(ticket.id)) next.set(ticket.id, ticket);
        return next;
      });
      anchor.current = ticket.id;
    },
    [shown],
  );
  const clear = useCallback(() => setChosen(new Map()), []);
  const choose = useCallback(
    (all: readonly Ticket[]) => setChosen(new Map(all.map((ticket) => [ticket.id, ticket]))),
    [],
  );
  const ids = useMemo(() => new Set(chosen.keys()), [chosen]);
  const tickets = useMemo(() => [...chosen.values()], [chosen]);
  return { ids, tickets, toggle, clear, choose };
}
