import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

export const contactLists = {
  list: (query: Query<'contact_lists_list'>, signal?: AbortSignal) =>
    http.get<Ok<'contact_lists_list'>>('/contact-lists', { params: query, signal }).then((r) => r.data),

  get: (id: string, signal?: AbortSignal) =>
    http.get<Ok<'contact_lists_get'>>(`/contact-lists/${id}`, { signal }).then((r) => r.data),

  create: (body: Body<'contact_lists_create'>, write?: Write) =>
    http.post<Ok<'contact_lists_create'>>('/contact-lists', body, write).then((r) => r.data),

  update: (id: string, body: Body<'contact_lists_update'>, write: Write) =>
    http.patch<Ok<'contact_lists_update'>>(`/contact-lists/${id}`, body, write).then((r) => r.data),

  contacts: (id: string, query: Query<'contacts_list'>, signal?: AbortSignal) =>
    http
      .get<Ok<'contacts_list'>>(`/contact-lists/${id}/contacts`, { params: query, signal })
      .then((r) => r.data),

  import: (id: string, body: Body<'contacts_import'>, write?: Write) =>
    http.post<Ok<'contacts_import'>>(`/contact-lists/${id}/import`, body, write).then((r) => r.data),

  remove: (id: string, contact: string) =>
    http.delete<void>(`/contact-lists/${id}/contacts/${contact}`).then(() => undefined),
};
