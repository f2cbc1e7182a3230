import type { Body, Ok } from '@/api/types';
import { downloaded, http } from './http';

/** What whoever has a link to an invoice may ask for, without a session. */
export const publicInvoice = {
  open: (body: Body<'invoice_links_open'>, signal?: AbortSignal) =>
    http
      .post<Ok<'invoice_links_open'>>('/invoice-links/open', body, {
        public: true,
        ...(signal && { signal }),
      })
      .then((r) => r.data),

  paid: (body: Body<'invoice_links_paid'>, key: string) =>
    http.post<void>('/invoice-links/paid', body, { public: true, key }).then(() => undefined),

  pdf: (body: Body<'invoice_links_pdf'>) =>
    http
      .post<Blob>('/invoice-links/pdf', body, { public: true, responseType: 'blob', timeout: 0 })
      .then(downloaded),
};
