import { useQuery } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import type { Customer, CustomerStatement, StatementEntryKind } from '@/api/schema';
import { EmptyState } from '@/components/patterns/EmptyState';
import { QueryStates } from '@/components/patterns/QueryStates';
import { Button } from '@/components/ui/button';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { useT } from '@/i18n/i18n';
import { fiscalYearOf } from '@/lib/bs-calendar';
import { today } from '@/lib/time';
import { statementOptions } from '@/queries/customers';
import { useOrgId } from '@/queries/org';
import { type Period, PeriodFilter } from './PeriodFilter';
import type { CustomerSearch } from './search';

const kinds: Record<StatementEntryKind, string> = {
  invoice: 'invoices.entryInvoice',
  credit_note: 'invoices.entryCreditNote',
  payment: 'invoices.entryPayment',
  refund: 'invoices.entryRefund',
};

export interface StatementProps {
  customer: Customer;
  range: CustomerSearch;
  onRange: (period: Period) => void;
}

/** What a customer was asked for and what it paid, with what is owed after each. */
export function Statement({ customer, range, onRange }: StatementProps) {
  const t = useT();
  const { timeZone } = usePreferences();
  const year = fiscalYearOf(today(timeZone));
  const { from = year.from, to = year.to, currency } = range;
  const statement = useQuery(
    statementOptions(useOrgId(), customer.id, {
      from,
      to,
      ...(currency && { currency }),
    }),
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2 print:hidden">
        <PeriodFilter label={t('invoices.period')} from={from} to={to} onChange={onRange} />
        <Button icon={<Printer />} onClick={() => window.print()}>
          {t('invoices.print')}
        </Button>
      </div>
      <QueryStates query={statement} skeleton={<SkeletonRows rows={5} />}>
        {statement.data && <StatementTable statement={statement.data} />}
      </QueryStates>
    </div>
  );
}

function StatementTable({ statement }: { statement: CustomerStatement }) {
  const t = useT();
  const format = useFormat();
  const { entries, opening, closing } = statement;
  if (entries.length === 0 && opening.amount === 0) {
    return (
      <EmptyState
        level={3}
        title={t('invoices.statementNone')}
        description={t('invoices.statementNoneText')}
      />
    );
  }
  const edge = (label: string, sum: CustomerStatement['opening']) => (
    <TableRow className="font-medium">
      <TableCell colSpan={4}>{label}</TableCell>
      <TableCell align="end">{format.money(sum)}</TableCell>
    </TableRow>
  );
  return (
    <Table label={t('invoices.statement')}>
      <TableHead>
        <tr>
          <TableHeader>{t('invoices.day')}</TableHeader>
          <TableHeader>{t('invoices.what')}</TableHeader>
          <TableHeader>{t('invoices.number')}</TableHeader>
          <TableHeader align="end">{t('invoices.amount')}</TableHeader>
          <TableHeader align="end">{t('invoices.balance')}</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {edge(t('invoices.opening'), opening)}
        {entries.map((entry, place) => (
          // One document may stand there twice, on the same day, with the same figure.
          // biome-ignore lint/suspicious/noArrayIndexKey: the entries have no id and never change their order
          <TableRow key={`${entry.on} ${entry.number} ${entry.kind} ${place}`}>
            <TableCell className="num whitespace-nowrap text-muted">{format.day(entry.on)}</TableCell>
            <TableCell className="whitespace-nowrap">{t(kinds[entry.kind])}</TableCell>
            <TableCell className="num whitespace-nowrap">{entry.number}</TableCell>
            <TableCell align="end" className="whitespace-nowrap">
              {format.money(entry.amount)}
            </TableCell>
            <TableCell align="end" className="whitespace-nowrap">
              {format.money(entry.balance)}
            </TableCell>
          </TableRow>
        ))}
        {edge(t('invoices.closing'), closing)}
      </TableBody>
    </Table>
  );
}
