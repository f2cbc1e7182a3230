import type { ReactNode } from 'react';
import type { Invoice } from '@/api/schema';
import { DataTable } from '@/components/patterns/DataTable';
import type { DataColumn } from '@/components/patterns/table-model';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { InvoiceStatusBadge } from './InvoiceStatusBadge';

export interface InvoiceTableProps {
  rows: readonly Invoice[];
  total: number | undefined;
  sort: string;
  onSortChange?: (sort: string | null) => void;
  onOpen: (invoice: Invoice) => void;
  hasMore: boolean;
  loadingMore: boolean;
  onLoadMore: () => void;
  empty: ReactNode;
  /** On the page of one customer. */
  hideCustomer?: boolean;
}

export function InvoiceTable({ hideCustomer = false, total, ...props }: InvoiceTableProps) {
  const t = useT();
  const columns = useColumns();
  return (
    <DataTable
      label={t('nav.invoices')}
      columns={columns}
      rowId={({ id }) => id}
      rowLabel={({ number, customerName }) => number ?? t('invoices.draftOf', { name: customerName })}
      {...(total === undefined ? {} : { total })}
      {...(hideCustomer ? { hiddenColumns: ['customer'] } : {})}
      {...props}
    />
  );
}

function useColumns(): DataColumn<Invoice>[] {
  const t = useT();
  const format = useFormat();
  const day = (value: string | null | undefined, late = false) => (
    <span className={`num ${late ? 'font-medium text-danger' : 'text-muted'}`}>
      {value ? format.day(value) : '–'}
    </span>
  );
  return [
    {
      id: 'number',
      header: t('invoices.number'),
      width: '176px',
      card: 'title',
      cell: ({ number }) => (
        <span className="num font-medium">
          {number ?? <span className="text-muted">{t('invoices.status.draft')}</span>}
        </span>
      ),
    },
    {
      id: 'customer',
      header: t('invoices.customer'),
      width: 'minmax(160px, 2fr)',
      cell: ({ customerName }) => <span className="truncate">{customerName}</span>,
    },
    {
      id: 'status',
      header: t('invoices.statusLabel'),
      width: '128px',
      cell: (invoice) => <InvoiceStatusBadge invoice={invoice} />,
    },
    {
      id: 'issued',
      header: t('invoices.issuedOn'),
      width: '116px',
      card: 'hidden',
      cell: ({ issuedOn }) => day(issuedOn),
    },
    {
      id: 'due',
      header: t('invoices.dueOn'),
      width: '116px',
      sortKey: 'dueOn',
      cell: ({ dueOn, overdue }) => day(dueOn, overdue),
      isEmpty: ({ dueOn }) => !dueOn,
    },
    {
      id: 'total',
      header: t('invoices.total'),
      width: '136px',
      align: 'end',
      sortKey: 'total',
      cell: ({ total }) => <span className="num">{format.money(total)}</span>,
    },
    {
      id: 'amountDue',
      header: t('invoices.amountDue'),
      width: '136px',
      align: 'end',
      cell: ({ status, amountDue }) => (
        <span className={`num ${amountDue.amount > 0 && status !== 'draft' ? 'font-medium' : 'text-muted'}`}>
          {status === 'draft' || status === 'void' ? '–' : format.money(amountDue)}
        </span>
      ),
      isEmpty: ({ status }) => status === 'draft' || status === 'void',
    },
  ];
}
