import { useVirtualizer } from '@tanstack/react-virtual';
import { BoardCard } from './BoardCard';
import { type BoardColumnProps, cardProps } from './BoardColumn';
import type { BoardItem } from './board-model';

/** The cards of a long column: those in view, and a few around them. */
export function VirtualCards<T extends BoardItem>(
  props: BoardColumnProps<T> & { scroller: React.RefObject<HTMLDivElement | null> },
) {
  const { column, scroller } = props;
  const rows = useVirtualizer({
    count: column.items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 88,
    getItemKey: (index) => column.items[index]?.id ?? index,
    overscan: 6,
  });
  return (
    <ul className="relative" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map((row) => {
        const item = column.items[row.index];
        if (!item) return null;
        return (
          <BoardCard
            key={row.key}
            {...cardProps(props, item, row.index)}
            measure={rows.measureElement}
            dataIndex={row.index}
            style={{ position: 'absolute', insetInline: 0, transform: `translateY(${row.start}px)` }}
          />
        );
      })}
    </ul>
  );
}
