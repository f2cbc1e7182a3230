import type { Body, Ok, Query } from '@/api/types';
import { http } from './http';

const path = (ticket: string) => `/tickets/${ticket}/attachments`;

export const ticketAttachments = {
  list: (ticket: string, query: Query<'ticket_attachments_list'>, signal?: AbortSignal) =>
    http.get<Ok<'ticket_attachments_list'>>(path(ticket), { params: query, signal }).then((r) => r.data),

  create: (
    ticket: string,
    body: Body<'ticket_attachments_create'>,
    at: { organization: string; key: string },
  ) => http.post<void>(path(ticket), body, at).then(() => undefined),
};
