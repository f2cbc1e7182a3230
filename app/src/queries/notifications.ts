import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { NotificationMark, NotificationsMarked } from '@/api/schema';
import type { Body, Query } from '@/api/types';
import { notifications } from '@/services/notifications';
import { keys } from './keys';
import { notificationOverlay } from './notificationPatch';
import { byCursor } from './pages';
import { useCommand, useWrite, type WriteDefinition } from './write';

export type NotificationSearch = Omit<Query<'notifications_list'>, 'cursor'>;

export const notificationListOptions = (org: string, search: NotificationSearch = {}) =>
  infiniteQueryOptions({
    queryKey: keys.notifications.list(org, search),
    queryFn: ({ pageParam, signal }) => notifications.list({ ...search, cursor: pageParam }, signal),
    ...byCursor,
  });

/** Absolute numbers of the server; the app never counts by itself. */
export const notificationCountsOptions = (org: string) =>
  queryOptions({
    queryKey: keys.notifications.counts(org),
    queryFn: ({ signal }) => notifications.counts(signal),
    refetchInterval: 60_000,
    throwOnError: false,
  });

export const preferencesOptions = (org: string) =>
  queryOptions({
    queryKey: keys.notifications.preferences(org),
    queryFn: ({ signal }) => notifications.preferences(signal),
  });

export const notificationDefaultsOptions = (org: string) =>
  queryOptions({
    queryKey: keys.notifications.defaults(org),
    queryFn: ({ signal }) => notifications.defaults(signal),
  });

const stale = (org: string) => [keys.notifications.lists(org), keys.notifications.counts(org)];

type Mark = { id: string; mark: NotificationMark; until?: string };

const mark: WriteDefinition<Mark, unknown> = {
  family: 'notifications',
  entity: ({ id }) => `notification:${id}`,
  run: ({ id, ...body }, { key }) => notifications.mark(id, body, { key }),
  optimistic: ({ id, mark, until }, { client, org }) =>
    notificationOverlay(client, org).mark(id, mark, until),
  stale,
  replayable: true,
};
export const useMarkNotification = () => useCommand(mark);

const markAll: WriteDefinition<Body<'notifications_mark_all'>, NotificationsMarked> = {
  family: 'notifications',
  run: (body, { key }) => notifications.markAll(body, { key }),
  stale,
  replayable: true,
};
export const useMarkAllNotifications = () => useWrite(markAll);

const updatePreferences: WriteDefinition<Body<'notification_preferences_update'>, unknown> = {
  family: 'preferences',
  run: (body) => notifications.updatePreferences(body),
  stale: (org) => [keys.notifications.preferences(org)],
};
export const useUpdatePreferences = () => useCommand(updatePreferences);

type UpdateDefaults = { change: Body<'notification_defaults_update'>; version: number };

const updateDefaults: WriteDefinition<UpdateDefaults, unknown> = {
  family: 'preferences',
  run: ({ change, version }) => notifications.updateDefaults(change, { version }),
  stale: (org) => [keys.notifications.defaults(org), keys.notifications.preferences(org)],
};
export const useUpdateNotificationDefaults = () => useCommand(updateDefaults);
