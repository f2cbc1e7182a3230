import type { InvoiceDocument, InvoiceLine } from '@/api/schema';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { toDigits } from '@/lib/digits';
import { quantityText } from '@/lib/typed-money';
import { discountText } from './PaperTotals';
import { taxClassText } from './tax-text';

/** The lines of a document: a table where there is room, else each on two lines of its own. */
export function PaperLines({ document }: { document: InvoiceDocument }) {
  const t = useT();
  const head = 'pb-2 font-medium text-meta text-muted';
  return (
    <table className="w-full border-collapse text-dense">
      <caption className="sr-only">{t('invoices.lines')}</caption>
      <thead className="border-line border-b @max-md:sr-only">
        <tr>
          <th scope="col" className={`${head} pr-3 text-left`}>
            {t('invoices.description')}
          </th>
          <th scope="col" className={`${head} px-3 text-right`}>
            {t('invoices.quantity')}
          </th>
          <th scope="col" className={`${head} px-3 text-right`}>
            {t('invoices.price')}
          </th>
          <th scope="col" className={`${head} px-3 text-right`}>
            {t('invoices.tax')}
          </th>
          <th scope="col" className={`${head} pl-3 text-right`}>
            {t('invoices.amount')}
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-line border-b">
        {document.lines.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a document have no other name than their place
          <Line key={place} line={line} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ line }: { line: InvoiceLine }) {
  const t = useT();
  const format = useFormat();
  const prefs = usePreferences();
  const quantity = toDigits(quantityText(line.quantity), prefs.digits);
  const tax = taxClassText(t, format, { kind: line.taxKind, basisPoints: line.taxBasisPoints });
  const price = format.money(line.unitPrice);
  const cell = 'num hidden whitespace-nowrap px-3 py-2.5 text-right align-top @md:table-cell';
  return (
    <tr className="break-inside-avoid">
      <td className="py-2.5 pr-3 align-top">
        <span className="whitespace-pre-line break-words">{line.description}</span>
        <span className="num block text-meta text-muted @md:hidden">
          {quantity} × {price} · {tax}
        </span>
        {line.discount && (
          <span className="num block text-meta text-muted">
            {t('invoices.discountOf', { discount: discountText(format, line.discount) })}
          </span>
        )}
      </td>
      <td className={cell}>{quantity}</td>
      <td className={cell}>{price}</td>
      <td className={cell}>{tax}</td>
      <td className="num whitespace-nowrap py-2.5 pl-3 text-right align-top">{format.money(line.amount)}</td>
    </tr>
  );
}
