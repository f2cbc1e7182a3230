// biome-ignore-all lint/a11y/useSemanticElements: rows are absolute when virtual, which table elements do not allow
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect } from 'react';
import { DataRow } from './DataRows';
import type { DataParts } from './DataTable';

/** How many rows before the end the next page is fetched. */
const AHEAD = 20;

/** The rows of a long table: those in view, and a few around them. */
export function VirtualRows<T>(parts: DataParts<T>) {
  const { entries, scroller, hasMore = false, loadingMore = false, onLoadMore } = parts;
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 40,
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 12,
  });
  const last = rows.getVirtualItems().at(-1)?.index ?? 0;
  const near = last >= entries.length - AHEAD;
  useEffect(() => {
    if (near && hasMore && !loadingMore) onLoadMore?.();
  }, [near, hasMore, loadingMore, onLoadMore]);
  return (
    <div role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map((place) => {
        const entry = entries[place.index];
        if (!entry) return null;
        return (
          <DataRow
            key={place.key}
            {...parts}
            entry={entry}
            index={place.index}
            measure={rows.measureElement}
            focusRow={(index) => rows.scrollToIndex(index)}
            style={{ position: 'absolute', insetInline: 0, transform: `translateY(${place.start}px)` }}
          />
        );
      })}
    </div>
  );
}
