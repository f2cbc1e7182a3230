import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Notification } from '@/api/schema';
import { useT } from '@/i18n/i18n';
import { useHotkeys } from '@/lib/use-hotkeys';
import { useCan } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import { everybodyOptions, usePictures } from '@/queries/users';
import { useSession } from '@/stores/session';
import { NotificationRow } from './NotificationRow';
import { pathOf } from './notice';
import { useMarks } from './use-marks';
import type { InboxView } from './view';

/** The names of colleagues by id; nobody's where one may not know them. */
export function useNames(): (id: string | null | undefined) => string | undefined {
  const org = useOrgId();
  const enabled = useCan('users_list');
  const { data } = useQuery({ ...everybodyOptions(org), enabled, throwOnError: false });
  return (id) => {
    const person = id ? data?.find((one) => one.id === id) : undefined;
    return person?.displayName ?? person?.fullName;
  };
}

/** What was put away a moment ago is gone before the list is fetched again. */
function stays(notification: Notification, view: InboxView): boolean {
  const snoozed = notification.snoozedUntil && new Date(notification.snoozedUntil) > new Date();
  if (view === 'archived') return notification.archivedAt !== null;
  if (view === 'snoozed') return Boolean(snoozed);
  return !notification.archivedAt && !snoozed;
}

export function InboxList({ notifications, view }: { notifications: Notification[]; view: InboxView }) {
  const t = useT();
  const navigate = useNavigate();
  const nameOf = useNames();
  const pictures = usePictures();
  const slug = useSession((session) => session.organization?.slug ?? '');
  const marks = useMarks();
  const shown = notifications.filter((notification) => stays(notification, view));
  const [activeId, setActiveId] = useState<string>();
  // Where a row went away, the one that took its place is the active one.
  const [place, setPlace] = useState(0);
  const found = shown.findIndex(({ id }) => id === activeId);
  const index = activeId === undefined ? -1 : found >= 0 ? found : Math.min(place, shown.length - 1);
  const active = shown[index];
  const go = (to: number) => {
    const next = shown[Math.max(0, Math.min(to, shown.length - 1))];
    if (!next) return;
    setActiveId(next.id);
    setPlace(shown.indexOf(next));
  };
  const hrefOf = (notification: Notification) => {
    const path = pathOf(notification);
    return path && `/o/${slug}${path}`;
  };
  const open = () => {
    const href = active && hrefOf(active);
    if (!active || !href) return;
    marks.follow(active);
    void navigate({ href });
  };
  const away = view === 'archived' || view === 'snoozed';
  const group = t('inbox.title');
  useHotkeys([
    { keys: 'j', label: t('inbox.keyNext'), group, run: () => go(index + 1) },
    { keys: 'k', label: t('inbox.keyPrevious'), group, run: () => go(index - 1) },
    { keys: 'Enter', label: t('inbox.keyOpen'), group, run: open },
    {
      keys: 'e',
      label: away ? t('inbox.restore') : t('inbox.archive'),
      group,
      run: () => active && marks.act(active, away ? 'restored' : 'archived'),
    },
    {
      keys: 'u',
      label: t('inbox.keyRead'),
      group,
      run: () => active && marks.act(active, active.readAt ? 'unread' : 'read'),
    },
  ]);
  return (
    <ul aria-label={t('inbox.title')} className="flex flex-col gap-px">
      {shown.map((notification, at) => (
        <NotificationRow
          key={notification.id}
          notification={notification}
          actor={nameOf(notification.actorId)}
          picture={pictures.get(notification.actorId ?? '')}
          href={hrefOf(notification)}
          active={at === index}
          onActive={() => {
            setActiveId(notification.id);
            setPlace(at);
          }}
          marks={marks}
        />
      ))}
    </ul>
  );
}
