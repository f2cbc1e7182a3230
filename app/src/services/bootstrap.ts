import type { Ok } from '@/api/types';
import { http } from './http';

export const bootstrap = {
  get: (signal?: AbortSignal) => http.get<Ok<'bootstrap_get'>>('/bootstrap', { signal }).then((r) => r.data),
};
