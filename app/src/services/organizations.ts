import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

export const organizations = {
  list: (query: Query<'organizations_list'>, signal?: AbortSignal) =>
    http.get<Ok<'organizations_list'>>('/organizations', { params: query, signal }).then((r) => r.data),

  create: (body: Body<'organizations_create'>, write?: Write) =>
    http.post<Ok<'organizations_create'>>('/organizations', body, write).then((r) => r.data),

  get: (signal?: AbortSignal) =>
    http.get<Ok<'organization_get'>>('/organization', { signal }).then((r) => r.data),

  update: (body: Body<'organization_update'>, write: Write) =>
    http.patch<Ok<'organization_update'>>('/organization', body, write).then((r) => r.data),

  requestDeletion: (body: Body<'organization_deletion_request'>, write?: Write) =>
    http.post<Ok<'organization_deletion_request'>>('/organization/deletion', body, write).then((r) => r.data),

  cancelDeletion: () => http.delete<void>('/organization/deletion').then(() => undefined),

  transfer: (body: Body<'organization_transfer'>, write?: Write) =>
    http.post<void>('/organization/transfer', body, write).then(() => undefined),

  policy: (signal?: AbortSignal) =>
    http.get<Ok<'organization_policy_get'>>('/organization/security-policy', { signal }).then((r) => r.data),

  updatePolicy: (body: Body<'organization_policy_update'>, write: Write) =>
    http
      .patch<Ok<'organization_policy_update'>>('/organization/security-policy', body, write)
      .then((r) => r.data),

  /** Who would be locked out by a policy. Changes nothing. */
  previewPolicy: (body: Body<'organization_policy_preview'>, signal?: AbortSignal) =>
    http
      .post<Ok<'organization_policy_preview'>>('/organization/security-policy/preview', body, { signal })
      .then((r) => r.data),
};
