import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

export const roles = {
  list: (query: Query<'roles_list'>, signal?: AbortSignal) =>
    http.get<Ok<'roles_list'>>('/roles', { params: query, signal }).then((r) => r.data),

  get: (id: string, signal?: AbortSignal) =>
    http.get<Ok<'roles_get'>>(`/roles/${id}`, { signal }).then((r) => r.data),

  create: (body: Body<'roles_create'>, write?: Write) =>
    http.post<Ok<'roles_create'>>('/roles', body, write).then((r) => r.data),

  update: (id: string, body: Body<'roles_update'>, write: Write) =>
    http.patch<Ok<'roles_update'>>(`/roles/${id}`, body, write).then((r) => r.data),

  remove: (id: string, write: Write) => http.delete<void>(`/roles/${id}`, write).then(() => undefined),

  scopes: (query: Query<'scopes_list'>, signal?: AbortSignal) =>
    http.get<Ok<'scopes_list'>>('/scopes', { params: query, signal }).then((r) => r.data),
};
