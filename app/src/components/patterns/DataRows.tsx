// biome-ignore-all lint/a11y/useSemanticElements: rows are absolute when virtual, which table elements do not allow
import { clsx } from 'clsx';
import type { CSSProperties, KeyboardEvent, MouseEvent } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { deferred } from '@/components/ui/deferred';
import { useT } from '@/i18n/i18n';
import { type DataParts, gridTracks, VIRTUAL_FROM } from './DataTable';

// Fetched for the first table that is long.
const virtualRows = deferred(() => import('./VirtualRows'));

export function DataRows<T>({ virtual, ...parts }: DataParts<T> & { virtual: boolean }) {
  const long = virtualRows.use(virtual);
  if (virtual && long) return <long.VirtualRows {...parts} />;
  const entries = virtual ? parts.entries.slice(0, VIRTUAL_FROM) : parts.entries;
  return (
    <div role="rowgroup">
      {entries.map((entry, index) => (
        <DataRow key={entry.id} {...parts} entry={entry} index={index} />
      ))}
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

export function DataRow<T>(props: DataRowProps<T>) {
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
