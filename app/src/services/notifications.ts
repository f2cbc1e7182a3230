import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

export const notifications = {
  list: (query: Query<'notifications_list'>, signal?: AbortSignal) =>
    http.get<Ok<'notifications_list'>>('/notifications', { params: query, signal }).then((r) => r.data),

  counts: (signal?: AbortSignal) =>
    http.get<Ok<'notifications_counts_get'>>('/notifications/counts', { signal }).then((r) => r.data),

  mark: (id: string, body: Body<'notifications_mark'>, write?: Write) =>
    http.post<Ok<'notifications_mark'>>(`/notifications/${id}/mark`, body, write).then((r) => r.data),

  markAll: (body: Body<'notifications_mark_all'>, write?: Write) =>
    http.post<Ok<'notifications_mark_all'>>('/notifications/mark', body, write).then((r) => r.data),

  preferences: (signal?: AbortSignal) =>
    http
      .get<Ok<'notification_preferences_get'>>('/notifications/preferences', { signal })
      .then((r) => r.data),

  updatePreferences: (body: Body<'notification_preferences_update'>) =>
    http.patch<Ok<'notification_preferences_update'>>('/notifications/preferences', body).then((r) => r.data),

  defaults: (signal?: AbortSignal) =>
    http.get<Ok<'notification_defaults_get'>>('/notifications/defaults', { signal }).then((r) => r.data),

  updateDefaults: (body: Body<'notification_defaults_update'>, write: Write) =>
    http
      .patch<Ok<'notification_defaults_update'>>('/notifications/defaults', body, write)
      .then((r) => r.data),
};
