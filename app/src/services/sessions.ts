import type { Ok, Query } from '@/api/types';
import { http, type Write } from './http';

export const sessions = {
  list: (query: Query<'sessions_list'>, signal?: AbortSignal) =>
    http.get<Ok<'sessions_list'>>('/auth/sessions', { params: query, signal }).then((r) => r.data),

  revoke: (id: string) => http.delete<void>(`/auth/sessions/${id}`).then(() => undefined),

  revokeOthers: (write?: Write) =>
    http.post<void>('/auth/sessions/revoke-others', undefined, write).then(() => undefined),
};
