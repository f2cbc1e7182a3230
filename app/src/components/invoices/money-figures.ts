import type { FullInvoice } from '@/api/schema';
import type { Translate } from '@/i18n/i18n';
import type { PaperFigure } from './PaperTotals';

type Figures = Pick<FullInvoice, 'amountPaid' | 'amountCredited' | 'amountDue' | 'status'>;

/** What became of the total, as far as anything did. */
export function moneyFigures(t: Translate, figures: Figures): PaperFigure[] {
  const { amountPaid, amountCredited, amountDue, status } = figures;
  if (status === 'void') return [];
  const happened = [
    { id: 'credited', label: t('invoices.credited'), money: amountCredited },
    { id: 'paid', label: t('invoices.paid'), money: amountPaid },
  ].filter(({ money }) => money.amount > 0);
  return [...happened, { id: 'due', label: t('invoices.amountDue'), money: amountDue, strong: true }];
}
