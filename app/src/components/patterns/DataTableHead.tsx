// biome-ignore-all lint/a11y/useSemanticElements: rows are absolute when virtual, which table elements do not allow
import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { Checkbox } from '@/components/ui/checkbox';
import { useT } from '@/i18n/i18n';
import { type DataParts, gridTracks } from './DataTable';
import { ariaSort, type DataColumn, nextSort } from './table-model';

interface DataTableHeadProps<T> extends DataParts<T> {
  allSelected: boolean;
  toggleAll: () => void;
}

export function DataTableHead<T>(props: DataTableHeadProps<T>) {
  const t = useT();
  const { shown, selected, allSelected, toggleAll } = props;
  const some = (selected?.size ?? 0) > 0;
  return (
    <div role="rowgroup" className="sticky top-0 z-10 border-line border-b bg-surface">
      <div
        role="row"
        aria-rowindex={1}
        tabIndex={-1}
        className="grid h-8 items-center"
        style={{ gridTemplateColumns: gridTracks(props) }}
      >
        {props.onSelectedChange && (
          <div role="columnheader" tabIndex={-1} className="pl-2">
            <Checkbox
              hideLabel
              label={t('patterns.selectAll')}
              checked={allSelected ? true : some ? 'mixed' : false}
              onCheckedChange={toggleAll}
            />
          </div>
        )}
        {shown.map((column) => (
          <HeadCell
            key={column.id}
            column={column}
            sort={props.sort ?? null}
            onSortChange={props.onSortChange}
          />
        ))}
        {props.rowActions && (
          <div role="columnheader" tabIndex={-1}>
            <span className="sr-only">{t('patterns.actions')}</span>
          </div>
        )}
      </div>
    </div>
  );
}

interface HeadCellProps<T> {
  column: DataColumn<T>;
  sort: string | null;
  onSortChange: ((sort: string | null) => void) | undefined;
}

function HeadCell<T>({ column, sort, onSortChange }: HeadCellProps<T>) {
  const { sortKey } = column;
  const order = ariaSort(sort, sortKey);
  const look = clsx('px-cell font-medium text-meta text-muted', column.align === 'end' && 'text-right');
  if (!sortKey || !onSortChange) {
    return (
      <div role="columnheader" tabIndex={-1} className={clsx(look, 'truncate')}>
        {column.header}
      </div>
    );
  }
  return (
    <div role="columnheader" tabIndex={-1} aria-sort={order} className={look}>
      <button
        type="button"
        onClick={() => onSortChange(nextSort(sort, sortKey))}
        className="focus-inset -mx-1 inline-flex h-6 max-w-full items-center gap-1 rounded-chip px-1 hover:bg-hover hover:text-text [&_svg]:size-3"
      >
        <span className="truncate">{column.header}</span>
        {order === 'ascending' && <ArrowUp aria-hidden="true" />}
        {order === 'descending' && <ArrowDown aria-hidden="true" />}
      </button>
    </div>
  );
}
