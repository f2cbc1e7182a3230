import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Bell, Clock } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Notification } from '@/api/schema';
import { Avatar } from '@/components/ui/avatar';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { factOf, noticeText } from './notice';
import { RowActions } from './RowActions';
import type { useMarks } from './use-marks';

export interface NotificationRowProps {
  notification: Notification;
  /** The name of who caused it; undefined if the system did, or nobody knows him any longer. */
  actor: string | undefined;
  href: string | undefined;
  /** The one that the keys act on. */
  active: boolean;
  onActive: () => void;
  marks: ReturnType<typeof useMarks>;
}

export function NotificationRow(props: NotificationRowProps) {
  const { notification, actor, href, active, onActive, marks } = props;
  const row = useRef<HTMLLIElement>(null);
  const unread = !notification.readAt;
  useEffect(() => {
    // The keys move the focus along, so a screen reader reads the row and Enter opens it.
    const link = row.current?.querySelector<HTMLElement>('[data-row]');
    if (active && link && document.activeElement !== link && !row.current?.contains(document.activeElement))
      link.focus();
  }, [active]);
  const look =
    'focus-inset flex min-w-0 flex-1 items-start gap-3 rounded-control py-2.5 pr-2 pl-2 text-left after:absolute after:inset-0';
  const content = <RowContent notification={notification} actor={actor} unread={unread} />;
  return (
    <li
      ref={row}
      onFocus={onActive}
      className={clsx(
        'group relative flex items-center gap-1 rounded-control pr-2 hover:bg-hover',
        active && 'bg-hover',
      )}
    >
      {href ? (
        <Link data-row to={href} className={look} onClick={() => marks.follow(notification)}>
          {content}
        </Link>
      ) : (
        <button type="button" data-row className={look} onClick={() => marks.follow(notification)}>
          {content}
        </button>
      )}
      <RowActions notification={notification} marks={marks} shown={active} />
    </li>
  );
}

interface ContentProps {
  notification: Notification;
  actor: string | undefined;
  unread: boolean;
}

function RowContent({ notification, actor, unread }: ContentProps) {
  const t = useT();
  const format = useFormat();
  const { createdAt, snoozedUntil } = notification;
  const number = factOf(notification, 'number');
  const title = factOf(notification, 'title');
  const waits = snoozedUntil && new Date(snoozedUntil) > new Date() ? snoozedUntil : undefined;
  return (
    <>
      <span className="mt-2 flex size-2 shrink-0">
        {unread && <span className="size-2 rounded-full bg-accent" />}
        {unread && <span className="sr-only">{t('inbox.unreadMark')}</span>}
      </span>
      {actor ? (
        <Avatar name={actor} decorative />
      ) : (
        <Bell aria-hidden="true" className="m-1 size-4 shrink-0 text-muted" />
      )}
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-3">
          <span
            className={clsx('min-w-0 flex-1 text-dense sm:truncate', unread ? 'font-medium' : 'text-muted')}
          >
            {noticeText(t, notification, actor ?? t('inbox.somebody'))}
          </span>
          <time
            dateTime={createdAt}
            title={format.dateTime(createdAt)}
            className="num shrink-0 text-meta text-muted"
          >
            {format.relative(createdAt)}
          </time>
        </span>
        {title && (
          <span className="block truncate text-dense text-muted">
            {number && <span className="num">#{format.number(Number(number))} </span>}
            {title}
          </span>
        )}
        {waits && (
          <span className="num flex items-center gap-1 text-meta text-warning">
            <Clock aria-hidden="true" className="size-3" />
            {t('inbox.until', { when: format.dateTime(waits) })}
          </span>
        )}
      </span>
    </>
  );
}
