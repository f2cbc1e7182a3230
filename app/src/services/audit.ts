import type { Ok, Query } from '@/api/types';
import { download, http } from './http';

export const audit = {
  list: (query: Query<'audit_list'>, signal?: AbortSignal) =>
    http.get<Ok<'audit_list'>>('/audit', { params: query, signal }).then((r) => r.data),

  verify: (signal?: AbortSignal) =>
    http.get<Ok<'audit_verify'>>('/audit/verify', { signal, timeout: 0 }).then((r) => r.data),

  export: (query: Query<'audit_export'>, signal?: AbortSignal) => download('/audit/export', query, signal),
};
