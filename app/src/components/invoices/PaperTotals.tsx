import { clsx } from 'clsx';
import type { Discount, InvoiceDocument, InvoiceTax, Money } from '@/api/schema';
import { useFormat } from '@/components/ui/preferences';
import { type Translate, useT } from '@/i18n/i18n';
import { taxClassText } from './tax-text';

export interface PaperFigure {
  id: string;
  label: string;
  money: Money;
  /** It is what one looks for. */
  strong?: boolean;
}

type Format = ReturnType<typeof useFormat>;

export function discountText(format: Format, discount: Discount): string {
  return 'basisPoints' in discount
    ? `${format.number(discount.basisPoints / 100)}%`
    : format.money(discount.amount);
}

const isNothing = (discount: Discount) =>
  'basisPoints' in discount ? discount.basisPoints === 0 : discount.amount.amount === 0;

function taxLabel(t: Translate, format: Format, tax: InvoiceTax): string {
  const taxable = format.money(tax.taxable);
  const share = taxClassText(t, format, tax);
  return tax.kind === 'rated'
    ? t('invoices.taxOn', { share, taxable })
    : t('invoices.taxableAt', { kind: share, taxable });
}

/** From the sum of the lines to what is to be paid, each step as the server has it. */
export function PaperTotals({
  document,
  figures,
}: {
  document: InvoiceDocument;
  figures: readonly PaperFigure[];
}) {
  const t = useT();
  const format = useFormat();
  const { discount, subtotal, discountTotal, taxes, total } = document;
  const discounted = discount && !isNothing(discount);
  return (
    <dl className="num ml-auto flex w-full max-w-90 break-inside-avoid flex-col gap-1.5 text-dense">
      <Figure label={t('invoices.subtotal')} value={format.money(subtotal)} />
      {discounted && (
        <Figure
          label={
            'basisPoints' in discount
              ? t('invoices.discountShare', { share: discountText(format, discount) })
              : t('invoices.discount')
          }
          value={`−${format.money(discountTotal)}`}
        />
      )}
      {taxes.map((tax) => (
        <Figure
          key={`${tax.kind} ${tax.basisPoints}`}
          label={taxLabel(t, format, tax)}
          value={format.money(tax.tax)}
        />
      ))}
      <Figure strong label={t('invoices.total')} value={format.money(total)} />
      {figures.map(({ id, label, money, strong }) => (
        <Figure key={id} label={label} value={format.money(money)} {...(strong ? { strong } : {})} />
      ))}
    </dl>
  );
}

function Figure({ label, value, strong = false }: { label: string; value: string; strong?: boolean }) {
  return (
    <div
      className={clsx(
        'flex justify-between gap-6',
        strong && 'border-line border-t pt-2 pb-0.5 font-semibold text-body',
      )}
    >
      <dt className={strong ? '' : 'text-muted'}>{label}</dt>
      <dd className="whitespace-nowrap">{value}</dd>
    </div>
  );
}
