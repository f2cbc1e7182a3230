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
  /** Where the actor's picture is. */
  picture?: string | undefined;
  href: string | undefined;
  /** The one that the keys act on. */
  active: boolean;
  onActive: () => void;
  marks: ReturnType<typeof useMarks>;
}

export function NotificationRow(props: NotificationRowProps) {
  const { notification, actor, picture, href, active, onActive, marks } = props;
  const row = useRef<HTMLLIElement>(null);
  const unread = !notification.readAt;
  useEffect(() => {
    // The keys move the focus along, so a screen reader reads the row and Enter opens it.
    const link = row.current?.querySelector<HTMLElement>('[data-row]');
    if (active && link && document.activeElement !== link && !row.current?.contains(document.activeElement))
      link.focus();
  }, [active]);
  const look =
    'focus-inset flex min-w-0 flex-1 items-start gap-3 rounded-control px-2 py-2.5 text-left after:absolute after:inset-0';
  const content = <RowContent notification={notification} actor={actor} picture={picture} unread={unread} />;
  return (
    <li
      ref={row}
      onFocus={onActive}
      className={clsx(
        'group relative flex items-center gap-1 rounded-control hover:bg-hover max-sm:pr-1 pointer-coarse:pr-2',
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
  /** Where the actor's picture is. */
  picture?: string | undefined;
  unread: boolean;
}

function RowContent({ notification, actor, picture, unread }: ContentProps) {
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
        <Avatar name={actor} src={picture} decorative />
      ) : (
        <Bell aria-hidden="true" className="m-1 size-4 shrink-0 text-muted" />
      )}
      <span className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3">
        <span
          className={clsx('text-dense max-sm:col-span-2 sm:truncate', unread ? 'font-medium' : 'text-muted')}
        >
          {noticeText(t, notification, actor ?? t('inbox.somebody'))}
        </span>
        <time
          dateTime={createdAt}
          title={format.dateTime(createdAt)}
          className="num col-start-2 row-start-2 text-meta text-muted sm:row-start-1"
        >
          {format.relative(createdAt)}
        </time>
        {title && (
          <span className="col-start-1 row-start-2 truncate text-dense text-muted">
            {number && <span className="num">#{format.number(Number(number))} </span>}
            {title}
          </span>
        )}
        {waits && (
          <span className="num col-span-2 flex items-center gap-1 text-meta text-warning">
            <Clock aria-hidden="true" className="size-3" />
            {t('inbox.until', { when: format.dateTime(waits) })}
          </span>
        )}
      </span>
    </>
  );
}
