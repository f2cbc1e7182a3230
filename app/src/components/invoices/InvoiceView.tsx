import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FullInvoice, MadeBySchedule, PaymentClaim } from '@/api/schema';
import { useHref } from '@/components/layout/use-go';
import { Callout } from '@/components/ui/callout';
import { Link as TextLink } from '@/components/ui/link';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { ActivitySection } from './ActivitySection';
import { ClaimsSection } from './ClaimsSection';
import { CreditNotesSection } from './CreditNotesSection';
import { InvoiceActs, useActs } from './InvoiceActs';
import { InvoiceStatusBadge } from './InvoiceStatusBadge';
import { LinksSection } from './LinksSection';
import { MoneySection } from './MoneySection';
import { moneyFigures } from './money-figures';
import { Paper } from './Paper';
import { SendingsSection } from './SendingsSection';

/** The way to the schedule that made it. */
function MadeBy({ by }: { by: MadeBySchedule }) {
  const t = useT();
  const format = useFormat();
  const href = useHref();
  return (
    <p className="num text-dense">
      <TextLink asChild>
        <Link to={href({ path: `/invoices/recurring/${by.scheduleId}` })}>
          {t('invoices.madeBy', { day: format.day(by.occursOn) })}
        </Link>
      </TextLink>
    </p>
  );
}

/** An invoice as it stands: the paper, beside it what was paid, credited and shared. */
export function InvoiceView({ invoice }: { invoice: FullInvoice }) {
  const t = useT();
  const format = useFormat();
  const draft = invoice.status === 'draft';
  const [claim, setClaim] = useState<PaymentClaim | null>(null);
  const { pay } = useActs(invoice);
  return (
    <>
      <InvoiceActs invoice={invoice} claim={claim} onClaimDone={() => setClaim(null)} />
      <div className="flex flex-col gap-6 lg:flex-row lg:items-start lg:gap-8">
        <div className="flex min-w-0 flex-1 flex-col gap-4 lg:max-w-200">
          {invoice.status === 'void' && (
            <Callout
              tone="warning"
              title={t('invoices.voidedOn', { day: invoice.voidedAt ? format.date(invoice.voidedAt) : '' })}
            >
              {invoice.voidReason}
            </Callout>
          )}
          <Paper
            title={t('invoices.paperInvoice')}
            number={invoice.number}
            stamp={<InvoiceStatusBadge invoice={invoice} />}
            seller={invoice.seller}
            buyer={invoice.buyer ?? { name: invoice.customerName }}
            issuedOn={invoice.issuedOn}
            dueOn={invoice.dueOn}
            poNumber={invoice.poNumber}
            document={invoice.document}
            figures={draft ? [] : moneyFigures(t, invoice)}
            notes={invoice.notes}
            terms={invoice.terms}
          />
          {!draft && (
            <div className="pt-2 print:hidden">
              <ActivitySection invoice={invoice} />
            </div>
          )}
        </div>
        {!draft && (
          <aside
            aria-label={t('invoices.money')}
            className="flex flex-col gap-6 max-lg:order-first lg:sticky lg:top-4 lg:w-80 lg:shrink-0 print:hidden"
          >
            <ClaimsSection invoice={invoice} onRecord={pay ? setClaim : undefined} />
            <MoneySection invoice={invoice} />
            {invoice.madeBy && <MadeBy by={invoice.madeBy} />}
            <CreditNotesSection invoice={invoice} />
            <SendingsSection invoice={invoice} />
            <LinksSection invoice={invoice} />
          </aside>
        )}
      </div>
    </>
  );
}
