import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

export const members = {
  list: (query: Query<'members_list'>, signal?: AbortSignal) =>
    http.get<Ok<'members_list'>>('/members', { params: query, signal }).then((r) => r.data),

  get: (userId: string, signal?: AbortSignal) =>
    http.get<Ok<'members_get'>>(`/members/${userId}`, { signal }).then((r) => r.data),

  update: (userId: string, body: Body<'members_update'>, write: Write) =>
    http.patch<Ok<'members_update'>>(`/members/${userId}`, body, write).then((r) => r.data),

  remove: (userId: string, write: Write) =>
    http.delete<void>(`/members/${userId}`, write).then(() => undefined),

  leave: (write?: Write) => http.post<void>('/members/leave', undefined, write).then(() => undefined),
};
