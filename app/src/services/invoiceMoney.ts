import type { Body, Ok, Query } from '@/api/types';
import { download, http, type Write } from './http';

/** What happens to an invoice after its issue: payments, refunds, credit notes, links. */
export const invoiceMoney = {
  payments: (id: string, query: Query<'invoice_payments_list'>, signal?: AbortSignal) =>
    http
      .get<Ok<'invoice_payments_list'>>(`/invoices/${id}/payments`, { params: query, signal })
      .then((r) => r.data),

  pay: (id: string, body: Body<'invoice_payments_create'>, write: Write) =>
    http.post<Ok<'invoice_payments_create'>>(`/invoices/${id}/payments`, body, write).then((r) => r.data),

  claims: (id: string, query: Query<'invoice_claims_list'>, signal?: AbortSignal) =>
    http
      .get<Ok<'invoice_claims_list'>>(`/invoices/${id}/claims`, { params: query, signal })
      .then((r) => r.data),

  refund: (id: string, body: Body<'invoice_refunds_create'>, write: Write) =>
    http.post<Ok<'invoice_refunds_create'>>(`/invoices/${id}/refunds`, body, write).then((r) => r.data),

  creditNotes: (id: string, query: Query<'invoice_credit_notes_list'>, signal?: AbortSignal) =>
    http
      .get<Ok<'invoice_credit_notes_list'>>(`/invoices/${id}/credit-notes`, { params: query, signal })
      .then((r) => r.data),

  creditNote: (id: string, signal?: AbortSignal) =>
    http.get<Ok<'credit_notes_get'>>(`/credit-notes/${id}`, { signal }).then((r) => r.data),

  creditNotePdf: (id: string, query: Query<'credit_notes_pdf'>, signal?: AbortSignal) =>
    download(`/credit-notes/${id}/pdf`, query, signal),

  credit: (id: string, body: Body<'invoice_credit_notes_create'>, write: Write) =>
    http
      .post<Ok<'invoice_credit_notes_create'>>(`/invoices/${id}/credit-notes`, body, write)
      .then((r) => r.data),

  links: (id: string, query: Query<'invoice_links_list'>, signal?: AbortSignal) =>
    http
      .get<Ok<'invoice_links_list'>>(`/invoices/${id}/public-links`, { params: query, signal })
      .then((r) => r.data),

  createLink: (id: string, write: Write) =>
    http
      .post<Ok<'invoice_links_create'>>(`/invoices/${id}/public-links`, undefined, write)
      .then((r) => r.data),

  revokeLink: (id: string, link: string) =>
    http.delete<void>(`/invoices/${id}/public-links/${link}`).then(() => undefined),
};
