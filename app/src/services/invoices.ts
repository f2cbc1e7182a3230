import type { Body, Ok, Query } from '@/api/types';
import { download, http, type Write } from './http';

export const invoices = {
  list: (query: Query<'invoices_list'>, signal?: AbortSignal) =>
    http.get<Ok<'invoices_list'>>('/invoices', { params: query, signal }).then((r) => r.data),

  activity: (id: string, query: Query<'invoices_activity'>, signal?: AbortSignal) =>
    http
      .get<Ok<'invoices_activity'>>(`/invoices/${id}/activity`, { params: query, signal })
      .then((r) => r.data),

  get: (id: string, signal?: AbortSignal) =>
    http.get<Ok<'invoices_get'>>(`/invoices/${id}`, { signal }).then((r) => r.data),

  create: (body: Body<'invoices_create'>, write?: Write) =>
    http.post<Ok<'invoices_create'>>('/invoices', body, write).then((r) => r.data),

  update: (id: string, body: Body<'invoices_update'>, write: Write) =>
    http.patch<Ok<'invoices_update'>>(`/invoices/${id}`, body, write).then((r) => r.data),

  remove: (id: string, write: Write) => http.delete<void>(`/invoices/${id}`, write).then(() => undefined),

  /** What lines come to; nothing is stored. */
  preview: (body: Body<'invoices_preview'>, signal?: AbortSignal) =>
    http
      .post<Ok<'invoices_preview'>>('/invoices/preview', body, signal ? { signal } : undefined)
      .then((r) => r.data),

  issue: (id: string, write: Write) =>
    http.post<Ok<'invoices_issue'>>(`/invoices/${id}/issue`, undefined, write).then((r) => r.data),

  void: (id: string, body: Body<'invoices_void'>, write: Write) =>
    http.post<Ok<'invoices_void'>>(`/invoices/${id}/void`, body, write).then((r) => r.data),

  export: (query: Query<'invoices_export'>, signal?: AbortSignal) =>
    download('/invoices/export', query, signal),

  /** `next` is the original where nobody has it yet. */
  pdf: (id: string, query: Query<'invoices_pdf'>, signal?: AbortSignal) =>
    download(`/invoices/${id}/pdf`, query, signal),

  ageing: (query: Query<'invoices_ageing'>, signal?: AbortSignal) =>
    http.get<Ok<'invoices_ageing'>>('/invoices/ageing', { params: query, signal }).then((r) => r.data),

  settings: (signal?: AbortSignal) =>
    http.get<Ok<'invoice_settings_get'>>('/invoice-settings', { signal }).then((r) => r.data),

  updateSettings: (body: Body<'invoice_settings_update'>, write: Write) =>
    http.patch<Ok<'invoice_settings_update'>>('/invoice-settings', body, write).then((r) => r.data),
};
