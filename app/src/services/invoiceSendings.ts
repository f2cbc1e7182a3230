import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

/** Documents on their way to customers by mail. */
export const invoiceSendings = {
  list: (id: string, query: Query<'invoice_sendings_list'>, signal?: AbortSignal) =>
    http
      .get<Ok<'invoice_sendings_list'>>(`/invoices/${id}/sendings`, { params: query, signal })
      .then((r) => r.data),

  send: (id: string, body: Body<'invoices_send'>, write: Write) =>
    http.post<Ok<'invoices_send'>>(`/invoices/${id}/send`, body, write).then((r) => r.data),
};
