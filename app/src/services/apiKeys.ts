import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

export const apiKeys = {
  list: (query: Query<'api_keys_list'>, signal?: AbortSignal) =>
    http.get<Ok<'api_keys_list'>>('/api-keys', { params: query, signal }).then((r) => r.data),

  /** The answer shows the secret, this one time. */
  create: (body: Body<'api_keys_create'>, write?: Write) =>
    http.post<Ok<'api_keys_create'>>('/api-keys', body, write).then((r) => r.data),

  revoke: (id: string) => http.delete<void>(`/api-keys/${id}`).then(() => undefined),
};
