import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

export const customers = {
  list: (query: Query<'customers_list'>, signal?: AbortSignal) =>
    http.get<Ok<'customers_list'>>('/customers', { params: query, signal }).then((r) => r.data),

  get: (id: string, signal?: AbortSignal) =>
    http.get<Ok<'customers_get'>>(`/customers/${id}`, { signal }).then((r) => r.data),

  create: (body: Body<'customers_create'>, write?: Write) =>
    http.post<Ok<'customers_create'>>('/customers', body, write).then((r) => r.data),

  update: (id: string, body: Body<'customers_update'>, write: Write) =>
    http.patch<Ok<'customers_update'>>(`/customers/${id}`, body, write).then((r) => r.data),

  statement: (id: string, query: Query<'customers_statement'>, signal?: AbortSignal) =>
    http
      .get<Ok<'customers_statement'>>(`/customers/${id}/statement`, { params: query, signal })
      .then((r) => r.data),
};
