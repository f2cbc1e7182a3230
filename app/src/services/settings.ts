import type { Body, Ok } from '@/api/types';
import { http, type Write } from './http';

export const settings = {
  get: (signal?: AbortSignal) => http.get<Ok<'settings_get'>>('/settings', { signal }).then((r) => r.data),

  update: (body: Body<'settings_update'>, write: Write) =>
    http.patch<Ok<'settings_update'>>('/settings', body, write).then((r) => r.data),
};
