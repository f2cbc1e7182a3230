import type { Ok, Query } from '@/api/types';
import { http, type Write } from './http';

export const jobs = {
  list: (query: Query<'jobs_list'>, signal?: AbortSignal) =>
    http.get<Ok<'jobs_list'>>('/jobs', { params: query, signal }).then((r) => r.data),

  get: (id: string, signal?: AbortSignal) =>
    http.get<Ok<'jobs_get'>>(`/jobs/${id}`, { signal }).then((r) => r.data),

  requeue: (id: string, write?: Write) =>
    http.post<Ok<'jobs_requeue'>>(`/jobs/${id}/requeue`, undefined, write).then((r) => r.data),

  discard: (id: string, write?: Write) =>
    http.post<void>(`/jobs/${id}/discard`, undefined, write).then(() => undefined),
};
