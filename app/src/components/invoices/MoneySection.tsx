import { useQuery } from '@tanstack/react-query';
import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import type { FullInvoice, Payment } from '@/api/schema';
import { QueryStates } from '@/components/patterns/QueryStates';
import { useFormat } from '@/components/ui/preferences';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { paymentsOptions } from '@/queries/invoiceMoney';
import { useOrgId } from '@/queries/org';
import { InvoiceStatusBadge } from './InvoiceStatusBadge';
import { SideSection } from './SideSection';

/** What is due, and each payment that made it so. */
export function MoneySection({ invoice }: { invoice: FullInvoice }) {
  const t = useT();
  const format = useFormat();
  const payments = useQuery(paymentsOptions(useOrgId(), invoice.id));
  const { amountDue, amountRefundable, amountRefunded, dueOn, overdue } = invoice;
  return (
    <>
      <section
        aria-label={t('invoices.amountDue')}
        className="flex flex-col gap-1 rounded-dialog bg-surface p-4 shadow-raised"
      >
        <div className="flex items-center justify-between gap-2 text-dense text-muted">
          <span>{t('invoices.amountDue')}</span>
          <InvoiceStatusBadge invoice={invoice} />
        </div>
        <p className="num font-semibold text-hero">{format.money(amountDue)}</p>
        {dueOn && amountDue.amount > 0 && (
          <p className={`num text-dense ${overdue ? 'text-danger' : 'text-muted'}`}>
            {t('invoices.dueBy', { day: format.day(dueOn) })} · {format.dayOther(dueOn)}
          </p>
        )}
        {amountRefundable.amount > 0 && (
          <p className="num text-dense text-warning">
            {t('invoices.refundable', { shown: format.money(amountRefundable) })}
          </p>
        )}
        {amountRefunded.amount > 0 && (
          <p className="num text-dense text-muted">
            {t('invoices.refundedSoFar', { shown: format.money(amountRefunded) })}
          </p>
        )}
      </section>
      <SideSection title={t('invoices.payments')}>
        <QueryStates query={payments} skeleton={<SkeletonRows rows={2} />}>
          {payments.data?.length === 0 ? (
            <p className="text-dense text-muted">{t('invoices.paymentsNone')}</p>
          ) : (
            <ul className="divide-y divide-line border-line border-y">
              {payments.data?.map((payment) => (
                <PaymentRow key={payment.id} payment={payment} />
              ))}
            </ul>
          )}
        </QueryStates>
      </SideSection>
    </>
  );
}

function PaymentRow({ payment }: { payment: Payment }) {
  const t = useT();
  const format = useFormat();
  const { kind, method, amount, paidOn, reference, note } = payment;
  const refund = kind === 'refund';
  const Icon = refund ? ArrowUpRight : ArrowDownLeft;
  return (
    <li className="flex items-start gap-2 py-2 text-dense">
      <Icon
        aria-hidden="true"
        className={`mt-0.5 size-4 shrink-0 ${refund ? 'text-warning' : 'text-success'}`}
      />
      <div className="min-w-0 flex-1">
        <p>{refund ? t('invoices.entryRefund') : t(`invoices.method.${method}`)}</p>
        <p className="num break-words text-meta text-muted">
          {[format.day(paidOn), refund && t(`invoices.method.${method}`), reference, note]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <span className="num whitespace-nowrap font-medium">
        {refund ? '−' : ''}
        {format.money(amount)}
      </span>
    </li>
  );
}
