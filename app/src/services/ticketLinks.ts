import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

export const ticketLinks = {
  list: (ticket: string, query: Query<'ticket_links_list'>, signal?: AbortSignal) =>
    http
      .get<Ok<'ticket_links_list'>>(`/tickets/${ticket}/links`, { params: query, signal })
      .then((r) => r.data),

  create: (ticket: string, body: Body<'ticket_links_create'>, write?: Write) =>
    http.post<Ok<'ticket_links_create'>>(`/tickets/${ticket}/links`, body, write).then((r) => r.data),

  remove: (ticket: string, id: string) =>
    http.delete<void>(`/tickets/${ticket}/links/${id}`).then(() => undefined),
};

export const ticketWatchers = {
  list: (ticket: string, query: Query<'ticket_watchers_list'>, signal?: AbortSignal) =>
    http
      .get<Ok<'ticket_watchers_list'>>(`/tickets/${ticket}/watchers`, { params: query, signal })
      .then((r) => r.data),

  add: (ticket: string, body: Body<'ticket_watchers_add'>) =>
    http.put<void>(`/tickets/${ticket}/watchers`, body).then(() => undefined),

  remove: (ticket: string, userId: string) =>
    http.delete<void>(`/tickets/${ticket}/watchers/${userId}`).then(() => undefined),
};
