import type { Body, Ok } from '@/api/types';
import { http, type Write } from './http';

export const ticketBoard = {
  get: (signal?: AbortSignal) =>
    http.get<Ok<'ticket_board_get'>>('/ticket-board', { signal }).then((r) => r.data),

  setTransitions: (body: Body<'ticket_transitions_set'>, write: Write) =>
    http.put<Ok<'ticket_transitions_set'>>('/ticket-board/transitions', body, write).then((r) => r.data),

  addColumn: (body: Body<'ticket_columns_create'>, write?: Write) =>
    http.post<Ok<'ticket_columns_create'>>('/ticket-columns', body, write).then((r) => r.data),

  updateColumn: (id: string, body: Body<'ticket_columns_update'>, write: Write) =>
    http.patch<Ok<'ticket_columns_update'>>(`/ticket-columns/${id}`, body, write).then((r) => r.data),

  removeColumn: (id: string, write: Write) =>
    http.delete<void>(`/ticket-columns/${id}`, write).then(() => undefined),
};
