import type { NotificationSearch } from '@/queries/notifications';

export const inboxViews = ['inbox', 'unread', 'mentions', 'snoozed', 'archived'] as const;
export type InboxView = (typeof inboxViews)[number];

/** What the server is asked for. */
export const searchOf: Record<InboxView, NotificationSearch> = {
  inbox: { view: 'inbox' },
  unread: { view: 'inbox', unread: true },
  mentions: { view: 'inbox', category: 'mentions' },
  snoozed: { view: 'snoozed' },
  archived: { view: 'archived' },
};
