import type { Ok, Query } from '@/api/types';
import { http } from './http';

export const events = {
  list: (query: Query<'events_list'>, signal?: AbortSignal) =>
    http.get<Ok<'events_list'>>('/events', { params: query, signal }).then((r) => r.data),
};
