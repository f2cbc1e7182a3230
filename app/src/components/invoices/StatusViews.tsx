import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { invoiceCountOptions } from '@/queries/invoices';
import { useOrgId } from '@/queries/org';
import { invoicesQuery } from './query';
import { type InvoicesSearch, type InvoiceView, invoiceViews } from './search';

export interface StatusViewsProps {
  search: InvoicesSearch;
  onPick: (view: InvoiceView) => void;
}

/** One state at a time, each with how many the other filters leave of it. */
export function StatusViews({ search, onPick }: StatusViewsProps) {
  const t = useT();
  return (
    <fieldset className="-m-1 flex min-w-0 gap-1.5 overflow-x-auto p-1 print:hidden">
      <legend className="sr-only">{t('invoices.statusLabel')}</legend>
      {invoiceViews.map((view) => (
        <ViewChip key={view} view={view} search={search} onPick={onPick} />
      ))}
    </fieldset>
  );
}

function ViewChip({ view, search, onPick }: StatusViewsProps & { view: InvoiceView }) {
  const t = useT();
  const format = useFormat();
  const { sort: _, ...filter } = invoicesQuery({ ...search, view });
  const { data } = useQuery(invoiceCountOptions(useOrgId(), filter));
  const on = (search.view ?? 'all') === view;
  const urgent = view === 'overdue' && (data ?? 0) > 0;
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={() => onPick(view)}
      className={clsx(
        'flex h-control-sm shrink-0 items-center gap-1.5 rounded-full border px-3 text-dense transition-colors duration-120',
        on
          ? 'border-accent bg-accent-soft font-medium text-accent-text'
          : 'border-line bg-surface hover:bg-hover',
      )}
    >
      {t(`invoices.view.${view}`)}
      {typeof data === 'number' && (
        <span className={clsx('num text-meta', urgent ? 'font-medium text-danger' : !on && 'text-muted')}>
          {format.number(data)}
        </span>
      )}
    </button>
  );
}
