import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query';
import type { Query } from '@/api/types';
import { audit } from '@/services/audit';
import { keys } from './keys';
import { byCursor } from './pages';

export type AuditSearch = Omit<Query<'audit_list'>, 'cursor'>;

export const auditListOptions = (org: string, search: AuditSearch = {}) =>
  infiniteQueryOptions({
    queryKey: keys.audit.list(org, search),
    queryFn: ({ pageParam, signal }) => audit.list({ ...search, cursor: pageParam }, signal),
    ...byCursor,
  });

/** So many new entries are counted. */
export const NEWS_LIMIT = 50;
const NEWS_EVERY_MS = 15_000;

/** The newest entries, looked at again and again while the page is to be seen. */
export const auditNewsOptions = (org: string, search: AuditSearch) =>
  queryOptions({
    queryKey: [...keys.audit.list(org, search), 'news'],
    queryFn: async ({ signal }) => (await audit.list({ ...search, limit: NEWS_LIMIT }, signal)).data,
    refetchInterval: NEWS_EVERY_MS,
    staleTime: NEWS_EVERY_MS,
    throwOnError: false,
  });

/** Walks the whole chain on the server: only when somebody asks. */
export const auditVerificationOptions = (org: string) =>
  queryOptions({
    queryKey: keys.audit.verification(org),
    queryFn: ({ signal }) => audit.verify(signal),
    enabled: false,
    throwOnError: false,
  });

/** The file; `saveFile` of lib/download puts it on the disk. */
export const useExportAudit = () =>
  useMutation({ mutationFn: (query: Query<'audit_export'>) => audit.export(query) });
