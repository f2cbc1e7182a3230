import { useCallback } from 'react';
import type { Notification, NotificationMark } from '@/api/schema';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useMarkAllNotifications, useMarkNotification } from '@/queries/notifications';

type Acted = 'read' | 'unread' | 'archived' | 'restored' | 'snoozed';

/** The marks that put a notification back to what it was. */
function backTo({ readAt, archivedAt, snoozedUntil }: Notification, done: Acted): NotificationMark[] {
  if (done === 'read' || done === 'unread') return [readAt ? 'read' : 'unread'];
  return archivedAt && !snoozedUntil ? ['archived'] : ['restored'];
}

/** Marks show at once, each can be undone, and what the server refuses goes back and says why. */
export function useMarks() {
  const t = useT();
  const mark = useMarkNotification();
  const send = useCallback(
    (id: string, what: NotificationMark, until?: string) =>
      mark({ id, mark: what, ...(until && { until }) }).then(
        () => true,
        (error) => {
          toast({ title: problemText(t, error), tone: 'danger' });
          return false;
        },
      ),
    [mark, t],
  );
  const said: Record<Acted, string> = {
    read: t('inbox.didRead'),
    unread: t('inbox.didUnread'),
    archived: t('inbox.didArchive'),
    restored: t('inbox.didRestore'),
    snoozed: t('inbox.didSnooze'),
  };
  const act = (notification: Notification, what: Acted, until?: string) => {
    const undo = () => {
      for (const step of backTo(notification, what)) void send(notification.id, step);
    };
    void send(notification.id, what, until).then((done) => {
      if (done) toast({ title: said[what], onUndo: undo });
    });
  };
  /** Following it is reading it; nobody asks to undo that. */
  const follow = ({ id, readAt }: Notification) => {
    if (!readAt) void send(id, 'read');
  };
  return { act, follow, send };
}

/** Reads everything. Undone one by one, where all that was marked is known here. */
export function useReadAll(loaded: readonly Notification[], category: 'mentions' | undefined) {
  const t = useT();
  const markAll = useMarkAllNotifications();
  const { send } = useMarks();
  const unread = loaded.filter(({ readAt }) => !readAt).map(({ id }) => id);
  const readAll = () => {
    const newest = loaded[0]?.id;
    const body = { mark: 'read' as const, ...(category && { category }), ...(newest && { upTo: newest }) };
    markAll.mutate(body, {
      onSuccess: ({ changed }) => {
        const undo = () => {
          for (const id of unread) void send(id, 'unread');
        };
        const whole = changed === unread.length && changed <= 50;
        toast({ title: t('inbox.didReadAll'), tone: 'success', ...(whole && { onUndo: undo }) });
      },
      onError: (error) => toast({ title: problemText(t, error), tone: 'danger' }),
    });
  };
  return { readAll, busy: markAll.isPending, any: unread.length > 0 };
}
