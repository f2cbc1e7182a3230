import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode, RefObject } from 'react';
import type { Line, LinePlace } from './TicketList';

export interface VirtualLinesProps {
  lines: readonly Line[];
  scroller: RefObject<HTMLElement | null>;
  show: (line: Line, place: LinePlace) => ReactNode;
}

/** The lines of a long list: those in view, and some around them. */
export function VirtualLines({ lines, scroller, show }: VirtualLinesProps) {
  const places = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 40,
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 16,
  });
  return (
    <ul data-cards="" className="relative" style={{ height: places.getTotalSize() }}>
      {places.getVirtualItems().map(({ index, start }) => {
        const line = lines[index];
        return line && show(line, { index, start, measure: places.measureElement });
      })}
    </ul>
  );
}
