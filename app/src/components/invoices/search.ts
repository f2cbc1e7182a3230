import { type Currency, type InvoiceSort, invoiceSortValues } from '@/api/schema';
import { type IsoDate, isIsoDate } from '@/lib/time';

/** The states one asks for: of two that the server tells apart, people say "unpaid". */
export const invoiceViews = ['all', 'draft', 'unpaid', 'overdue', 'paid', 'void'] as const;
export type InvoiceView = (typeof invoiceViews)[number];

/** What one looks at, as it stands in the address. */
export interface InvoicesSearch {
  view?: InvoiceView | undefined;
  q?: string | undefined;
  customer?: string | undefined;
  /** Issued on these days, both included. */
  from?: IsoDate | undefined;
  to?: IsoDate | undefined;
  sort?: InvoiceSort | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const text = (given: unknown, fits: (value: string) => boolean) =>
  typeof given === 'string' && fits(given) ? given : undefined;

/** Reads an address. No fault in it keeps the page from opening; what is as usual is left out. */
export function readInvoicesSearch(raw: Partial<Record<keyof InvoicesSearch, unknown>>): InvoicesSearch {
  const view = invoiceViews.find((one) => one === raw.view && one !== 'all');
  const sort = invoiceSortValues.find((one) => one === raw.sort && one !== '-createdAt');
  const read = {
    view,
    q: text(raw.q, (value) => value.length > 0 && value.length <= 100),
    customer: text(raw.customer, (value) => UUID.test(value)),
    from: text(raw.from, isIsoDate),
    to: text(raw.to, isIsoDate),
    sort,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

export interface CustomersSearch {
  q?: string | undefined;
  archived?: true | undefined;
}

export function readCustomersSearch(raw: Partial<Record<keyof CustomersSearch, unknown>>): CustomersSearch {
  const q = text(raw.q, (value) => value.length > 0 && value.length <= 100);
  return { ...(q && { q }), ...(raw.archived === true && { archived: true as const }) };
}

export interface CustomerSearch {
  tab?: 'statement' | undefined;
  from?: IsoDate | undefined;
  to?: IsoDate | undefined;
  /** Of the statement: sums of two currencies are none. */
  currency?: Currency | undefined;
}

export function readCustomerSearch(raw: Partial<Record<keyof CustomerSearch, unknown>>): CustomerSearch {
  const from = text(raw.from, isIsoDate);
  const to = text(raw.to, isIsoDate);
  // Three capital letters; which of them are a currency the server knows. The list would be in every start of the app.
  const currency = text(raw.currency, (value) => /^[A-Z]{3}$/.test(value)) as Currency | undefined;
  return {
    ...(raw.tab === 'statement' && { tab: 'statement' as const }),
    ...(from && { from }),
    ...(to && { to }),
    ...(currency && { currency }),
  };
}

/** What a new invoice begins with. */
export interface NewInvoiceSearch {
  customer?: string | undefined;
}

export function readNewInvoiceSearch(raw: { customer?: unknown }): NewInvoiceSearch {
  const customer = text(raw.customer, (value) => UUID.test(value));
  return customer ? { customer } : {};
}

/** Which of the invoices that recur one looks at: what stopped by itself stands with what was paused. */
export const scheduleViews = ['running', 'paused', 'ended'] as const;
export type ScheduleView = (typeof scheduleViews)[number];

export function readSchedulesSearch(raw: { view?: unknown }): { view?: ScheduleView } {
  const view = scheduleViews.find((one) => one === raw.view && one !== 'running');
  return view ? { view } : {};
}

/** What the page of an invoice asks at once. */
export interface InvoiceSearchParams {
  ask?: 'issue' | undefined;
}

export function readInvoiceSearch(raw: { ask?: unknown }): InvoiceSearchParams {
  return raw.ask === 'issue' ? { ask: 'issue' } : {};
}
