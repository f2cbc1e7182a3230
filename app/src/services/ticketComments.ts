import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

const path = (ticket: string) => `/tickets/${ticket}/comments`;

export const ticketComments = {
  list: (ticket: string, query: Query<'ticket_comments_list'>, signal?: AbortSignal) =>
    http.get<Ok<'ticket_comments_list'>>(path(ticket), { params: query, signal }).then((r) => r.data),

  create: (ticket: string, body: Body<'ticket_comments_create'>, write?: Write) =>
    http.post<Ok<'ticket_comments_create'>>(path(ticket), body, write).then((r) => r.data),

  update: (ticket: string, id: string, body: Body<'ticket_comments_update'>, write: Write) =>
    http.patch<Ok<'ticket_comments_update'>>(`${path(ticket)}/${id}`, body, write).then((r) => r.data),

  remove: (ticket: string, id: string, write: Write) =>
    http.delete<void>(`${path(ticket)}/${id}`, write).then(() => undefined),

  revisions: (
    ticket: string,
    id: string,
    query: Query<'ticket_comment_revisions_list'>,
    signal?: AbortSignal,
  ) =>
    http
      .get<Ok<'ticket_comment_revisions_list'>>(`${path(ticket)}/${id}/revisions`, { params: query, signal })
      .then((r) => r.data),
};
