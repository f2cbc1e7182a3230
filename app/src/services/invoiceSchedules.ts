import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

/** Invoices that recur. */
export const invoiceSchedules = {
  list: (query: Query<'invoice_schedules_list'>, signal?: AbortSignal) =>
    http
      .get<Ok<'invoice_schedules_list'>>('/invoice-schedules', { params: query, signal })
      .then((r) => r.data),

  get: (id: string, signal?: AbortSignal) =>
    http.get<Ok<'invoice_schedules_get'>>(`/invoice-schedules/${id}`, { signal }).then((r) => r.data),

  create: (body: Body<'invoice_schedules_create'>, write: Write) =>
    http.post<Ok<'invoice_schedules_create'>>('/invoice-schedules', body, write).then((r) => r.data),

  update: (id: string, body: Body<'invoice_schedules_update'>, write: Write) =>
    http.patch<Ok<'invoice_schedules_update'>>(`/invoice-schedules/${id}`, body, write).then((r) => r.data),

  preview: (body: Body<'invoice_schedules_preview'>, signal?: AbortSignal) =>
    http
      .post<Ok<'invoice_schedules_preview'>>('/invoice-schedules/preview', body, {
        ...(signal && { signal }),
      })
      .then((r) => r.data),

  pause: (id: string, write: Write) =>
    http
      .post<Ok<'invoice_schedules_pause'>>(`/invoice-schedules/${id}/pause`, undefined, write)
      .then((r) => r.data),

  resume: (id: string, body: Body<'invoice_schedules_resume'>, write: Write) =>
    http
      .post<Ok<'invoice_schedules_resume'>>(`/invoice-schedules/${id}/resume`, body, write)
      .then((r) => r.data),

  end: (id: string, write: Write) =>
    http
      .post<Ok<'invoice_schedules_end'>>(`/invoice-schedules/${id}/end`, undefined, write)
      .then((r) => r.data),

  made: (id: string, query: Query<'invoice_schedules_invoices'>, signal?: AbortSignal) =>
    http
      .get<Ok<'invoice_schedules_invoices'>>(`/invoice-schedules/${id}/invoices`, { params: query, signal })
      .then((r) => r.data),
};
