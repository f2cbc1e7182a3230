import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

export const users = {
  list: (query: Query<'users_list'>, signal?: AbortSignal) =>
    http.get<Ok<'users_list'>>('/users', { params: query, signal }).then((r) => r.data),

  me: (signal?: AbortSignal) => http.get<Ok<'users_me_get'>>('/users/me', { signal }).then((r) => r.data),

  updateMe: (body: Body<'users_me_update'>, write: Write) =>
    http.patch<Ok<'users_me_update'>>('/users/me', body, write).then((r) => r.data),

  requestDeletion: (write?: Write) =>
    http.post<Ok<'users_me_deletion_request'>>('/users/me/deletion', undefined, write).then((r) => r.data),

  cancelDeletion: () => http.delete<void>('/users/me/deletion').then(() => undefined),
};
