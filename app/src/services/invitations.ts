import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

export const invitations = {
  list: (query: Query<'invitations_list'>, signal?: AbortSignal) =>
    http.get<Ok<'invitations_list'>>('/invitations', { params: query, signal }).then((r) => r.data),

  create: (body: Body<'invitations_create'>, write?: Write) =>
    http.post<Ok<'invitations_create'>>('/invitations', body, write).then((r) => r.data),

  revoke: (id: string) => http.delete<void>(`/invitations/${id}`).then(() => undefined),

  resend: (id: string, write?: Write) =>
    http.post<Ok<'invitations_resend'>>(`/invitations/${id}/resend`, undefined, write).then((r) => r.data),

  preview: (body: Body<'invitations_preview'>, signal?: AbortSignal) =>
    http
      .post<Ok<'invitations_preview'>>('/invitations/preview', body, { public: true, signal })
      .then((r) => r.data),

  /** As a new person, without a token. */
  acceptAsNew: (body: Body<'invitations_accept'>) =>
    http.post<Ok<'invitations_accept'>>('/invitations/accept', body, { public: true }).then((r) => r.data),

  /** As whoever is signed in. */
  accept: (body: Body<'invitations_accept'>) =>
    http.post<Ok<'invitations_accept'>>('/invitations/accept', body).then((r) => r.data),
};
