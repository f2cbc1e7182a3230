import { type CSSProperties, useLayoutEffect, useMemo, useRef } from 'react';
import type { TicketsViewProps } from './TicketBoard';

/** Where a row stands in a list of which only a part is in the page: so many px from its begin. */
export const placed = (start: number | undefined): CSSProperties | undefined =>
  start === undefined
    ? undefined
    : { position: 'absolute', insetInline: 0, transform: `translateY(${start}px)` };

/** What a row can ask for, in functions that stay the same, so that a row is drawn only when its ticket changes. */
export type RowActs = Pick<TicketsViewProps, 'onOpen' | 'onPeek' | 'onToggle'>;

export function useSteady(props: RowActs): RowActs {
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  return useMemo(
    () => ({
      onOpen: (ticket) => latest.current.onOpen(ticket),
      onPeek: (ticket) => latest.current.onPeek(ticket),
      onToggle: (ticket, range) => latest.current.onToggle(ticket, range),
    }),
    [],
  );
}
