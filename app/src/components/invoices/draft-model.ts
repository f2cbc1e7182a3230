import type { Currency, Discount, FullInvoice, WriteInvoiceLine } from '@/api/schema';
import type { Body } from '@/api/types';
import {
  amountText,
  parseAmount,
  parseBasisPoints,
  parseQuantity,
  percentText,
  quantityText,
} from '@/lib/typed-money';

export type DiscountKind = 'percent' | 'amount';

/** A line as it is typed. */
export interface LineValues {
  itemId: string | null;
  description: string;
  quantity: string;
  price: string;
  discountKind: DiscountKind;
  discount: string;
  taxRateId: string | null;
}

/** A draft as it is typed. */
export interface DraftValues {
  customer: { value: string; label: string } | null;
  currency: Currency;
  dueDays: string;
  poNumber: string;
  notes: string;
  terms: string;
  discountKind: DiscountKind;
  discount: string;
  lines: LineValues[];
}

export const emptyLine = (taxRateId: string | null): LineValues => ({
  itemId: null,
  description: '',
  quantity: '1',
  price: '',
  discountKind: 'percent',
  discount: '',
  taxRateId,
});

/** Nobody typed anything there: it is no line yet. */
export const isBlank = (line: LineValues): boolean =>
  line.description.trim() === '' && line.price.trim() === '' && line.discount.trim() === '';

export function discountValues(discount: Discount | null | undefined) {
  if (!discount) return { discountKind: 'percent' as const, discount: '' };
  if ('basisPoints' in discount) {
    const text = discount.basisPoints === 0 ? '' : percentText(discount.basisPoints);
    return { discountKind: 'percent' as const, discount: text };
  }
  const { amount, currency } = discount.amount;
  return { discountKind: 'amount' as const, discount: amountText(amount, currency) };
}

/** What has the members of a draft: an invoice, or one that recurs. */
export type StoredDraft = Pick<
  FullInvoice,
  'customerId' | 'customerName' | 'currency' | 'dueDays' | 'poNumber' | 'notes' | 'terms' | 'document'
>;

/** A stored draft, ready to be changed. */
export function draftValues(invoice: StoredDraft): DraftValues {
  return {
    customer: { value: invoice.customerId, label: invoice.customerName },
    // The server's own word for it: one of its list.
    currency: invoice.currency as Currency,
    dueDays: String(invoice.dueDays),
    poNumber: invoice.poNumber,
    notes: invoice.notes,
    terms: invoice.terms,
    ...discountValues(invoice.document.discount),
    lines: invoice.document.lines.map((line) => ({
      itemId: line.itemId ?? null,
      description: line.description,
      quantity: quantityText(line.quantity),
      price: amountText(line.unitPrice.amount, line.unitPrice.currency),
      ...discountValues(line.discount),
      taxRateId: line.taxRateId ?? null,
    })),
  };
}

/** A field of a draft that cannot be read, by the path of the form. */
export interface DraftFault {
  path: `lines.${number}.${'description' | 'quantity' | 'price' | 'discount'}` | 'discount' | 'dueDays';
  text: string;
}

/** `null` where it cannot be read; none at all, and one of nothing, are `undefined`. */
function readDiscount(kind: DiscountKind, typed: string, currency: Currency): Discount | null | undefined {
  if (typed.trim() === '') return undefined;
  const value = kind === 'percent' ? parseBasisPoints(typed) : parseAmount(typed, currency);
  if (value === null) return null;
  if (value === 0) return undefined;
  return kind === 'percent' ? { basisPoints: value } : { amount: { amount: value, currency } };
}

/** What cannot be read, with the id of the text that says so. Sense is judged by the server. */
export function unreadable(values: DraftValues): DraftFault[] {
  const faults: DraftFault[] = [];
  for (const [index, line] of values.lines.entries()) {
    if (isBlank(line)) continue;
    if (parseQuantity(line.quantity) === null)
      faults.push({ path: `lines.${index}.quantity`, text: 'invoices.quantityWrong' });
    if (line.price.trim() !== '' && parseAmount(line.price, values.currency) === null)
      faults.push({ path: `lines.${index}.price`, text: 'invoices.priceWrong' });
    if (readDiscount(line.discountKind, line.discount, values.currency) === null)
      faults.push({ path: `lines.${index}.discount`, text: 'invoices.discountWrong' });
  }
  if (readDiscount(values.discountKind, values.discount, values.currency) === null)
    faults.push({ path: 'discount', text: 'invoices.discountWrong' });
  if (!/^\d{1,3}$/.test(values.dueDays.trim()))
    faults.push({ path: 'dueDays', text: 'invoices.dueDaysWrong' });
  return faults;
}

/** The lines that count, each with its place in the form: what the server says of a line is shown there. */
export function wireLines(values: DraftValues): { lines: WriteInvoiceLine[]; places: number[] } {
  const lines: WriteInvoiceLine[] = [];
  const places: number[] = [];
  for (const [place, line] of values.lines.entries()) {
    if (isBlank(line)) continue;
    const discount = readDiscount(line.discountKind, line.discount, values.currency);
    lines.push({
      description: line.description.trim(),
      quantity: parseQuantity(line.quantity) ?? line.quantity,
      unitPrice: { amount: parseAmount(line.price, values.currency) ?? 0, currency: values.currency },
      ...(discount && { discount }),
      ...(line.taxRateId && { taxRateId: line.taxRateId }),
      ...(line.itemId && { itemId: line.itemId }),
    });
    places.push(place);
  }
  return { lines, places };
}

const NO_DISCOUNT: Discount = { basisPoints: 0 };

/** All that a draft says, as the wire wants it; `customerId` is empty as long as nobody was chosen. */
export type DraftBody = Required<Omit<Body<'invoices_update'>, 'notes' | 'terms' | 'poNumber'>> &
  Record<'notes' | 'terms' | 'poNumber', string>;

export function draftBody(values: DraftValues): DraftBody {
  return {
    customerId: values.customer?.value ?? '',
    currency: values.currency,
    dueDays: Number(values.dueDays),
    poNumber: values.poNumber.trim(),
    notes: values.notes.trim(),
    terms: values.terms.trim(),
    discount: readDiscount(values.discountKind, values.discount, values.currency) ?? NO_DISCOUNT,
    lines: wireLines(values).lines,
  };
}

/** What the live totals are asked for. A line without a name has an amount already. */
export function previewBody(values: DraftValues): Body<'invoices_preview'> {
  const { currency, lines, discount } = draftBody(values);
  return {
    currency,
    discount,
    lines: lines.map((line) => ({ ...line, description: line.description || '–' })),
  };
}

export interface Merge {
  /** What both changed, each to something else. */
  contested: (keyof DraftBody)[];
  /** What only I changed: goes over theirs without asking. */
  mine: (keyof DraftBody)[];
}

const bodyKeys = [
  'customerId',
  'currency',
  'dueDays',
  'poNumber',
  'notes',
  'terms',
  'discount',
  'lines',
] as const satisfies readonly (keyof DraftBody)[];

const same = (a: DraftBody, b: DraftBody, key: keyof DraftBody) =>
  JSON.stringify(a[key]) === JSON.stringify(b[key]);

/** Two people changed the same draft: who changed what. */
export function merge(base: DraftBody, mine: DraftBody, theirs: DraftBody): Merge {
  const changed = bodyKeys.filter((key) => !same(base, mine, key) && !same(mine, theirs, key));
  return {
    contested: changed.filter((key) => !same(base, theirs, key)),
    mine: changed.filter((key) => same(base, theirs, key)),
  };
}

/** The members that differ: an update sends nothing else. Empty texts are taken away. */
export function draftChange(base: DraftBody, mine: DraftBody): Body<'invoices_update'> {
  const changed = bodyKeys.filter((key) => !same(base, mine, key));
  const entries = changed.map((key) => [key, mine[key] === '' ? null : mine[key]] as const);
  return Object.fromEntries(entries);
}

/** Rows of a spreadsheet: what, how many, for how much. `null` where it is plain text. */
export function pastedLines(text: string, taxRateId: string | null): LineValues[] | null {
  if (!text.includes('\t')) return null;
  const rows = text.split(/\r?\n/).filter((row) => row.trim() !== '');
  return rows.map((row) => {
    const [description = '', second = '', third] = row.split('\t').map((cell) => cell.trim());
    const [quantity, price] = third === undefined ? ['1', second] : [second, third];
    return { ...emptyLine(taxRateId), description, quantity: quantity || '1', price };
  });
}
