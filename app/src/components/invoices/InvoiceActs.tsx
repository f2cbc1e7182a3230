import { Ban, MoreHorizontal, Send, Wallet } from 'lucide-react';
import { useState } from 'react';
import type { FullInvoice, PaymentClaim } from '@/api/schema';
import { InTopBar } from '@/components/layout/TopBar';
import { lazyDialog } from '@/components/patterns/lazy-part';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useT } from '@/i18n/i18n';
import { useHotkeys } from '@/lib/use-hotkeys';
import { useCan } from '@/queries/bootstrap';
import { PaperMenu } from './PaperMenu';

// Fetched when somebody opens one.
const PaymentDialog = lazyDialog(() => import('./PaymentDialog').then((m) => m.PaymentDialog));
const SendDialog = lazyDialog(() => import('./SendDialog').then((m) => m.SendDialog));
const VoidDialog = lazyDialog(() => import('./VoidDialog').then((m) => m.VoidDialog));
const CreditDialog = lazyDialog(() => import('./CreditDialog').then((m) => m.CreditDialog));

type Asking = 'send' | 'pay' | 'refund' | 'credit' | 'void';

export interface InvoiceActsProps {
  invoice: FullInvoice;
  /** A payment begins with what the customer said. */
  claim: PaymentClaim | null;
  onClaimDone: () => void;
}

/** What can be done to an issued invoice, as far as its money allows. */
export function InvoiceActs({ invoice, claim, onClaimDone }: InvoiceActsProps) {
  const t = useT();
  const [asking, setAsking] = useState<Asking | null>(null);
  const rights = useActs(invoice);
  useHotkeys(
    rights.pay
      ? [{ keys: 'p', label: t('invoices.payRecord'), group: t('nav.invoices'), run: () => setAsking('pay') }]
      : [],
  );
  const close = () => setAsking(null);
  return (
    <>
      <InTopBar>
        {invoice.number && <PaperMenu of={{ kind: 'invoice', id: invoice.id }} number={invoice.number} />}
        {rights.send && (
          <Button icon={<Send />} onClick={() => setAsking('send')}>
            <span className="max-sm:sr-only">{t('invoices.sendAsk')}</span>
          </Button>
        )}
        {(rights.credit || rights.void || rights.refund) && (
          <Menu
            align="end"
            trigger={
              <IconButton tooltip={false} label={t('invoices.moreActions')} icon={<MoreHorizontal />} />
            }
          >
            {rights.credit && (
              <MenuItem onSelect={() => setAsking('credit')}>{t('invoices.creditWrite')}</MenuItem>
            )}
            {rights.refund && (
              <MenuItem onSelect={() => setAsking('refund')}>{t('invoices.refundRecord')}</MenuItem>
            )}
            {rights.void && (
              <MenuItem icon={<Ban />} tone="danger" onSelect={() => setAsking('void')}>
                {t('invoices.void')}
              </MenuItem>
            )}
          </Menu>
        )}
        {rights.pay && (
          <Button variant="primary" icon={<Wallet />} onClick={() => setAsking('pay')}>
            <span className="max-sm:sr-only">{t('invoices.payRecord')}</span>
          </Button>
        )}
      </InTopBar>
      {(asking === 'pay' || asking === 'refund') && (
        <PaymentDialog invoice={invoice} kind={asking === 'pay' ? 'payment' : 'refund'} onClose={close} />
      )}
      {claim && <PaymentDialog invoice={invoice} kind="payment" claim={claim} onClose={onClaimDone} />}
      {asking === 'send' && <SendDialog invoice={invoice} onClose={close} />}
      {asking === 'credit' && <CreditDialog invoice={invoice} onClose={close} />}
      {asking === 'void' && <VoidDialog invoice={invoice} onClose={close} />}
    </>
  );
}

/** What this reader may do to this invoice; the server has the last word. */
export function useActs(invoice: FullInvoice) {
  const maySend = useCan('invoices_send');
  const mayPay = useCan('invoice_payments_create');
  const mayRefund = useCan('invoice_refunds_create');
  const mayCredit = useCan('invoice_credit_notes_create');
  const mayVoid = useCan('invoices_void');
  const { status, amountDue, amountRefundable, amountPaid, amountCredited, total } = invoice;
  const issued = status !== 'draft' && status !== 'void';
  return {
    send: maySend && issued,
    pay: mayPay && issued && amountDue.amount > 0,
    refund: mayRefund && issued && amountRefundable.amount > 0,
    credit: mayCredit && issued && amountCredited.amount < total.amount,
    void: mayVoid && issued && amountPaid.amount === 0 && amountCredited.amount === 0,
  };
}
