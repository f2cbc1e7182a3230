import { columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { LoadMore } from '@/components/ui/load-more';
import { DataCards } from './DataCards';
import { DataRows } from './DataRows';
import { DataTableHead } from './DataTableHead';
import { type DataColumn, toggleRange } from './table-model';
import { useNarrow } from './use-media';

export interface DataTableProps<T> {
  label: string;
  columns: readonly DataColumn<T>[];
  rows: readonly T[];
  rowId: (row: T) => string;
  /** Names the row for its checkbox. */
  rowLabel: (row: T) => string;
  /** Enter or a click. */
  onOpen?: (row: T) => void;
  /** Space. */
  onPeek?: (row: T) => void;
  /** Buttons at the end of a row. */
  rowActions?: (row: T) => ReactNode;
  /** A grid track; one small button fits by default. */
  actionsWidth?: string;
  selected?: ReadonlySet<string>;
  onSelectedChange?: (selected: ReadonlySet<string>) => void;
  /** `createdAt` or `-createdAt`; the server sorts. */
  sort?: string | null;
  onSortChange?: (sort: string | null) => void;
  hiddenColumns?: readonly string[];
  hasMore?: boolean;
  loadingMore?: boolean;
  onLoadMore?: () => void;
  /** The whole number of rows, when the server told it. */
  total?: number;
  note?: string;
  empty?: ReactNode;
  /** Height of the scroll area, a CSS length. Without it long tables take 70 % of the window. */
  height?: string;
}

const features = tableFeatures({ columnVisibilityFeature });

/** Above this many rows only those in view are in the page. */
export const VIRTUAL_FROM = 100;

/** A list of records: keyset pages, selection with Shift, arrows between rows, cards on a phone. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { columns, rows, rowId, hiddenColumns, selected, onSelectedChange, onLoadMore } = props;
  const narrow = useNarrow();
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<string | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const defs = useMemo(() => columns.map((column) => ({ id: column.id, header: column.header })), [columns]);
  const visibility = useMemo(
    () => Object.fromEntries((hiddenColumns ?? []).map((id) => [id, false])),
    [hiddenColumns],
  );
  const data = useMemo(() => rows.map((row) => ({ row })), [rows]);
  const table = useTable({
    features,
    columns: defs,
    data,
    getRowId: (entry) => rowId(entry.row),
    state: { columnVisibility: visibility },
  });
  const shown = table
    .getVisibleLeafColumns()
    .flatMap((visible) => columns.find((column) => column.id === visible.id) ?? []);
  const tableRows = table.getRowModel().rows;
  const ids = tableRows.map((row) => row.id);

  const toggle = (id: string, range: boolean) => {
    if (!onSelectedChange) return;
    onSelectedChange(toggleRange(ids, selected ?? new Set(), id, range ? anchor.current : null));
    anchor.current = id;
  };
  const toggleAll = () => onSelectedChange?.(new Set((selected?.size ?? 0) < ids.length ? ids : []));
  const parts = {
    ...props,
    shown,
    entries: tableRows.map((row) => ({ id: row.id, row: row.original.row })),
    current: current && ids.includes(current) ? current : (ids[0] ?? null),
    setCurrent,
    toggle,
    scroller,
  };
  const virtual = rows.length > VIRTUAL_FROM;
  const more = onLoadMore && (
    <LoadMore
      auto={!virtual}
      hasMore={props.hasMore ?? false}
      loading={props.loadingMore ?? false}
      onLoadMore={onLoadMore}
      {...(props.note ? { note: props.note } : {})}
    />
  );
  if (rows.length === 0 && props.empty) return props.empty;
  if (narrow) {
    return (
      <>
        <DataCards {...parts} />
        {more}
      </>
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && selected?.size) {
      event.preventDefault();
      onSelectedChange?.(new Set());
    }
  };
  return (
    <div
      ref={scroller}
      className="relative overflow-auto"
      style={{ maxHeight: props.height ?? (virtual ? '70vh' : undefined) }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: rows are absolute when virtual, which table elements do not allow */}
      <div
        role="grid"
        tabIndex={-1}
        aria-label={props.label}
        aria-rowcount={props.hasMore ? (props.total ?? -1) : (props.total ?? rows.length) + 1}
        aria-colcount={shown.length}
        aria-multiselectable={onSelectedChange ? true : undefined}
        onKeyDown={onKeyDown}
        className="min-w-fit text-dense"
      >
        <DataTableHead
          {...parts}
          allSelected={ids.length > 0 && ids.every((id) => selected?.has(id))}
          toggleAll={toggleAll}
        />
        <DataRows {...parts} virtual={virtual} />
      </div>
      {more}
    </div>
  );
}

export interface DataParts<T> extends DataTableProps<T> {
  shown: readonly DataColumn<T>[];
  entries: readonly { id: string; row: T }[];
  current: string | null;
  setCurrent: (id: string) => void;
  toggle: (id: string, range: boolean) => void;
  scroller: React.RefObject<HTMLDivElement | null>;
}

/** The tracks shared by the head and every row. */
export function gridTracks<T>(parts: DataParts<T>): string {
  const tracks = parts.shown.map((column) => column.width ?? 'minmax(120px, 1fr)');
  return [
    ...(parts.onSelectedChange ? ['36px'] : []),
    ...tracks,
    ...(parts.rowActions ? [parts.actionsWidth ?? '40px'] : []),
  ].join(' ');
}
