import { clsx } from 'clsx';
import { Checkbox } from '@/components/ui/checkbox';
import { useT } from '@/i18n/i18n';
import type { DataParts } from './DataTable';

/** The same records on a phone: a title and its lines instead of columns. */
export function DataCards<T>(props: DataParts<T>) {
  const t = useT();
  const { shown, entries, selected, onOpen } = props;
  const titles = shown.filter((column) => column.card === 'title');
  const lines = shown.filter((column) => column.card !== 'title' && column.card !== 'hidden');
  return (
    <ul aria-label={props.label} className="divide-y divide-line border-line border-y">
      {entries.map(({ id, row }) => (
        <li
          key={id}
          className={clsx('flex items-start gap-2 py-3 text-dense', selected?.has(id) && 'bg-accent-soft')}
        >
          {props.onSelectedChange && (
            <Checkbox
              hideLabel
              label={t('patterns.selectRow', { name: props.rowLabel(row) })}
              checked={selected?.has(id) ?? false}
              onCheckedChange={() => props.toggle(id, false)}
            />
          )}
          <div className="min-w-0 flex-1">
            {onOpen ? (
              <button
                type="button"
                onClick={() => onOpen(row)}
                className="flex min-h-6 w-full min-w-0 items-center gap-2 rounded-chip text-left font-medium text-body"
              >
                {titles.map((column) => (
                  <span key={column.id} className="min-w-0 truncate">
                    {column.cell(row)}
                  </span>
                ))}
              </button>
            ) : (
              <div className="flex min-w-0 items-center gap-2 font-medium text-body">
                {titles.map((column) => (
                  <span key={column.id} className="min-w-0 truncate">
                    {column.cell(row)}
                  </span>
                ))}
              </div>
            )}
            <dl className="mt-1 grid grid-cols-[minmax(72px,auto)_minmax(0,1fr)] gap-x-3 gap-y-1">
              {lines
                .filter((column) => !column.isEmpty?.(row))
                .map((column) => (
                  <div key={column.id} className="col-span-2 grid grid-cols-subgrid items-center">
                    <dt className="text-meta text-muted">{column.header}</dt>
                    <dd className="min-w-0 truncate">{column.cell(row)}</dd>
                  </div>
                ))}
            </dl>
          </div>
          {props.rowActions?.(row)}
        </li>
      ))}
    </ul>
  );
}
