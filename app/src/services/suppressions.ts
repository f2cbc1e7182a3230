import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

/** Addresses that get no campaigns. */
export const suppressions = {
  list: (query: Query<'suppressions_list'>, signal?: AbortSignal) =>
    http.get<Ok<'suppressions_list'>>('/suppressions', { params: query, signal }).then((r) => r.data),

  create: (body: Body<'suppressions_create'>, write?: Write) =>
    http.post<Ok<'suppressions_create'>>('/suppressions', body, write).then((r) => r.data),

  remove: (id: string) => http.delete<void>(`/suppressions/${id}`).then(() => undefined),
};
