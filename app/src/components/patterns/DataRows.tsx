// biome-ignore-all lint/a11y/useSemanticElements: rows are absolute when virtual, which table elements do not allow
import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useEffect } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { useT } from '@/i18n/i18n';
import { type DataParts, gridTracks } from './DataTable';

/** How many rows before the end the next page is fetched. */
const AHEAD = 20;

export function DataRows<T>({ virtual, ...parts }: DataParts<T> & { virtual: boolean }) {
  if (virtual) return <VirtualRows {...parts} />;
  return (
    <div role="rowgroup">
      {parts.entries.map((entry, index) => (
        <DataRow key={entry.id} {...parts} entry={entry} index={index} />
      ))}
    </div>
  );
}

function VirtualRows<T>(parts: DataParts<T>) {
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

interface DataRowProps<T> extends DataParts<T> {
  entry: { id: string; row: T };
  index: number;
  measure?: (element: HTMLElement | null) => void;
  /** Brings a row that may not be in the page into it. */
  focusRow?: (index: number) => void;
  style?: CSSProperties;
}

function DataRow<T>(props: DataRowProps<T>) {
  const t = useT();
  const { entry, index, shown, selected, current, entries, scroller, onOpen } = props;
  const { id, row } = entry;
  const chosen = selected?.has(id) ?? false;

  const focusAt = (next: number) => {
    const target = entries[next];
    if (!target) return;
    props.setCurrent(target.id);
    props.focusRow?.(next);
    // A virtual row is there one frame after it was scrolled to.
    const focus = () =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(target.id)}"]`)?.focus();
    if (props.focusRow) requestAnimationFrame(focus);
    else focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const select = props.onSelectedChange && (() => props.toggle(id, event.shiftKey));
    const acts = new Map<string, (() => void) | undefined>([
      ['ArrowDown', () => focusAt(index + 1)],
      ['j', () => focusAt(index + 1)],
      ['ArrowUp', () => focusAt(index - 1)],
      ['k', () => focusAt(index - 1)],
      ['Home', () => focusAt(0)],
      ['End', () => focusAt(entries.length - 1)],
      ['Enter', onOpen && (() => onOpen(row))],
      [' ', props.onPeek ? () => props.onPeek?.(row) : select],
      ['x', select],
    ]);
    const act = acts.get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const onClick = (event: MouseEvent) => {
    if (
      event.target instanceof Element &&
      event.target.closest('a, button, input, label, [role^="menuitem"]')
    )
      return;
    onOpen?.(row);
  };
  return (
    <div
      ref={props.measure}
      role="row"
      data-row={id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={props.onSelectedChange ? chosen : undefined}
      tabIndex={current === id ? 0 : -1}
      onFocus={() => props.setCurrent(id)}
      onKeyDown={onKeyDown}
      onClick={onClick}
      style={{ ...props.style, gridTemplateColumns: gridTracks(props) }}
      className={clsx(
        'focus-inset grid h-row items-center border-line border-b last:border-b-0',
        onOpen && 'cursor-pointer',
        chosen ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      {props.onSelectedChange && (
        <div role="gridcell" tabIndex={-1} className="pl-2">
          <Checkbox
            hideLabel
            label={t('patterns.selectRow', { name: props.rowLabel(row) })}
            checked={chosen}
            onCheckedChange={() => undefined}
            onClick={(event) => props.toggle(id, event.shiftKey)}
          />
        </div>
      )}
      {shown.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          tabIndex={-1}
          className={clsx('min-w-0 truncate px-cell', column.align === 'end' && 'num text-right')}
        >
          {column.cell(row)}
        </div>
      ))}
      {props.rowActions && (
        <div role="gridcell" tabIndex={-1} className="flex justify-end pr-2">
          {props.rowActions(row)}
        </div>
      )}
    </div>
  );
}
