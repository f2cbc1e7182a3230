import type { Discount, InvoiceDocument, Money, WriteInvoiceLine } from '@/api/schema';
import { quantityText } from '@/lib/typed-money';
import { type DraftValues, discountValues, previewBody, wireLines } from './draft-model';

type Figures = Pick<WriteInvoiceLine, 'quantity' | 'unitPrice'> & { discount?: Discount | null | undefined };

/** All that a line's amount is made of; two lines that say the same come to the same. */
const figuresOf = (line: Figures): string => {
  const { amount, currency } = line.unitPrice;
  const discount = line.discount ? discountValues(line.discount) : null;
  return JSON.stringify([
    quantityText(line.quantity),
    amount,
    currency,
    discount?.discount ? discount : null,
  ]);
};

/**
 * What each line of the form comes to, as far as the document knows it. It may answer to lines that were changed, moved
 * or taken away since: a line that it does not know has none.
 */
export function lineAmounts(document: InvoiceDocument | undefined, values: DraftValues): Map<number, Money> {
  const known = new Map(document?.lines.map((line) => [figuresOf(line), line.amount]));
  const { lines, places } = wireLines(values);
  const found = new Map<number, Money>();
  for (const [index, line] of lines.entries()) {
    const amount = known.get(figuresOf(line));
    const place = places[index];
    if (amount && place !== undefined) found.set(place, amount);
  }
  return found;
}

/** Where the lines that were asked about stand in the form by now; those that were changed stand nowhere. */
export function placesNow(asked: readonly WriteInvoiceLine[], values: DraftValues): (number | undefined)[] {
  const { lines } = previewBody(values);
  const { places } = wireLines(values);
  const free = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    const key = JSON.stringify(line);
    free.set(key, [...(free.get(key) ?? []), places[index] ?? index]);
  }
  return asked.map((line) => free.get(JSON.stringify(line))?.shift());
}

/** `#/lines/1/unitPrice/amount` of what was sent -> the field of the form. */
export function fieldAt(path: string, places: readonly (number | undefined)[]): string | undefined {
  const [root, index, member] = path.split('.');
  if (root === 'customerId') return 'customer';
  if (root !== 'lines' || index === undefined) return root;
  const place = places[Number(index)];
  if (place === undefined) return undefined;
  const fields: Record<string, string> = { unitPrice: 'price', itemId: 'description' };
  const field = member === undefined ? 'description' : (fields[member] ?? member);
  return `lines.${place}.${field}`;
}
