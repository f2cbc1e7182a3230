import type { Body, Ok, Query } from '@/api/types';
import { download, http, type Write } from './http';

export const tickets = {
  list: (query: Query<'tickets_list'>, signal?: AbortSignal) =>
    http.get<Ok<'tickets_list'>>('/tickets', { params: query, signal }).then((r) => r.data),

  get: (id: string, signal?: AbortSignal) =>
    http.get<Ok<'tickets_get'>>(`/tickets/${id}`, { signal }).then((r) => r.data),

  create: (body: Body<'tickets_create'>, write?: Write) =>
    http.post<Ok<'tickets_create'>>('/tickets', body, write).then((r) => r.data),

  update: (id: string, body: Body<'tickets_update'>, write: Write) =>
    http.patch<Ok<'tickets_update'>>(`/tickets/${id}`, body, write).then((r) => r.data),

  move: (id: string, body: Body<'tickets_move'>, write: Write) =>
    http.post<Ok<'tickets_move'>>(`/tickets/${id}/move`, body, write).then((r) => r.data),

  remove: (id: string, write: Write) => http.delete<void>(`/tickets/${id}`, write).then(() => undefined),

  bulk: (body: Body<'tickets_bulk'>, write?: Write) =>
    http.post<Ok<'tickets_bulk'>>('/tickets/bulk', body, write).then((r) => r.data),

  export: (query: Query<'tickets_export'>, signal?: AbortSignal) =>
    download('/tickets/export', query, signal),

  activities: (id: string, query: Query<'ticket_activities_list'>, signal?: AbortSignal) =>
    http
      .get<Ok<'ticket_activities_list'>>(`/tickets/${id}/activities`, { params: query, signal })
      .then((r) => r.data),

  analytics: (query: Query<'analytics_tickets'>, signal?: AbortSignal) =>
    http.get<Ok<'analytics_tickets'>>('/analytics/tickets', { params: query, signal }).then((r) => r.data),
};
