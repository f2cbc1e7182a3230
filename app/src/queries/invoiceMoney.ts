import { queryOptions } from '@tanstack/react-query';
import type { FullCreditNote, NewInvoiceLink, Payment } from '@/api/schema';
import type { Body } from '@/api/types';
import { invoiceMoney } from '@/services/invoiceMoney';
import { keys } from './keys';
import { everyRow } from './pages';
import { useWrite, type WriteDefinition } from './write';

export const paymentsOptions = (org: string, invoice: string) =>
  queryOptions({
    queryKey: keys.invoices.payments(org, invoice),
    queryFn: ({ signal }) =>
      everyRow((cursor) => invoiceMoney.payments(invoice, { cursor, limit: 100 }, signal)),
  });

/** What whoever has a link says that he paid. */
export const invoiceClaimsOptions = (org: string, invoice: string) =>
  queryOptions({
    queryKey: keys.invoices.claims(org, invoice),
    queryFn: ({ signal }) =>
      everyRow((cursor) => invoiceMoney.claims(invoice, { cursor, limit: 100 }, signal)),
    throwOnError: false,
  });

export const creditNotesOptions = (org: string, invoice: string) =>
  queryOptions({
    queryKey: keys.invoices.creditNotes(org, invoice),
    queryFn: ({ signal }) =>
      everyRow((cursor) => invoiceMoney.creditNotes(invoice, { cursor, limit: 100 }, signal)),
  });

export const creditNoteOptions = (org: string, id: string) =>
  queryOptions({
    queryKey: keys.invoices.creditNote(org, id),
    queryFn: ({ signal }) => invoiceMoney.creditNote(id, signal),
    // Issued documents never change.
    staleTime: Number.POSITIVE_INFINITY,
  });

export const invoiceLinksOptions = (org: string, invoice: string) =>
  queryOptions({
    queryKey: keys.invoices.links(org, invoice),
    queryFn: ({ signal }) =>
      everyRow((cursor) => invoiceMoney.links(invoice, { cursor, limit: 100 }, signal)),
  });

/** Money that moved changes the invoice, its lists and what its customer owes. */
const moved = (org: string, { id }: { id: string }) => [
  keys.invoices.detail(org, id),
  keys.invoices.lists(org),
  keys.invoices.ageing(org),
  keys.customers.all(org),
];

const entity = ({ id }: { id: string }) => `invoice:${id}`;

const pay: WriteDefinition<{ id: string } & Body<'invoice_payments_create'>, Payment> = {
  family: 'invoices',
  entity,
  run: ({ id, ...body }, { key }) => invoiceMoney.pay(id, body, { key }),
  stale: moved,
  replayable: true,
};
export const useRecordPayment = () => useWrite(pay);

const refund: WriteDefinition<{ id: string } & Body<'invoice_refunds_create'>, Payment> = {
  family: 'invoices',
  entity,
  run: ({ id, ...body }, { key }) => invoiceMoney.refund(id, body, { key }),
  stale: moved,
  replayable: true,
};
export const useRecordRefund = () => useWrite(refund);

const credit: WriteDefinition<{ id: string } & Body<'invoice_credit_notes_create'>, FullCreditNote> = {
  family: 'invoices',
  entity,
  run: ({ id, ...body }, { key }) => invoiceMoney.credit(id, body, { key }),
  stale: moved,
  replayable: true,
};
export const useWriteCreditNote = () => useWrite(credit);

const linked = (org: string, { id }: { id: string }) => [
  keys.invoices.links(org, id),
  keys.invoices.activity(org, id),
];

/** The address is told once. */
const createLink: WriteDefinition<{ id: string }, NewInvoiceLink> = {
  family: 'invoiceLinks',
  run: ({ id }, { key }) => invoiceMoney.createLink(id, { key }),
  stale: linked,
  secret: true,
};
export const useCreateInvoiceLink = () => useWrite(createLink);

const revokeLink: WriteDefinition<{ id: string; link: string }, void> = {
  family: 'invoiceLinks',
  run: ({ id, link }) => invoiceMoney.revokeLink(id, link),
  stale: linked,
};
export const useRevokeInvoiceLink = () => useWrite(revokeLink);
