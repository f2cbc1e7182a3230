import { clsx } from 'clsx';
import { Archive, ArchiveRestore, Clock, Ellipsis, Mail, MailOpen } from 'lucide-react';
import type { Notification } from '@/api/schema';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { usePreferences } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { snoozeTimes } from './snooze';
import type { useMarks } from './use-marks';

export interface RowActionsProps {
  notification: Notification;
  marks: ReturnType<typeof useMarks>;
  /** The row has the focus of the keys. */
  shown: boolean;
}

function useActs({ notification, marks }: Pick<RowActionsProps, 'notification' | 'marks'>) {
  const t = useT();
  const { readAt, archivedAt, snoozedUntil } = notification;
  const away = Boolean(archivedAt) || (snoozedUntil && new Date(snoozedUntil) > new Date());
  return {
    away,
    reading: {
      label: readAt ? t('inbox.markUnread') : t('inbox.markRead'),
      icon: readAt ? <Mail /> : <MailOpen />,
      run: () => marks.act(notification, readAt ? 'unread' : 'read'),
    },
    filing: {
      label: away ? t('inbox.restore') : t('inbox.archive'),
      icon: away ? <ArchiveRestore /> : <Archive />,
      run: () => marks.act(notification, away ? 'restored' : 'archived'),
    },
  };
}

/** Above the link that covers the row, and over its time. Without a pointer they are always beside it; on a phone they are
 * one menu. */
export function RowActions({ notification, marks, shown }: RowActionsProps) {
  const t = useT();
  const { away, reading, filing } = useActs({ notification, marks });
  return (
    <>
      <span
        className={clsx(
          'absolute right-1 z-10 hidden items-center gap-0.5 rounded-control bg-hover pl-2 group-focus-within:opacity-100 group-hover:opacity-100 sm:flex pointer-coarse:static pointer-coarse:bg-transparent pointer-coarse:opacity-100',
          !shown && 'opacity-0',
        )}
      >
        <IconButton label={reading.label} kbd="U" icon={reading.icon} onClick={reading.run} />
        {!away && (
          <Menu
            align="end"
            trigger={<IconButton tooltip={false} label={t('inbox.snooze')} icon={<Clock />} />}
          >
            <SnoozeItems notification={notification} marks={marks} />
          </Menu>
        )}
        <IconButton label={filing.label} kbd="E" icon={filing.icon} onClick={filing.run} />
      </span>
      <span className="relative z-10 sm:hidden">
        <Menu
          align="end"
          trigger={<IconButton tooltip={false} label={t('patterns.actions')} icon={<Ellipsis />} />}
        >
          <MenuItem icon={reading.icon} onSelect={reading.run}>
            {reading.label}
          </MenuItem>
          <MenuItem icon={filing.icon} onSelect={filing.run}>
            {filing.label}
          </MenuItem>
          {!away && (
            <>
              <MenuSeparator />
              <SnoozeItems notification={notification} marks={marks} />
            </>
          )}
        </Menu>
      </span>
    </>
  );
}

function SnoozeItems({ notification, marks }: Pick<RowActionsProps, 'notification' | 'marks'>) {
  const t = useT();
  const { timeZone } = usePreferences();
  const snooze = (when: keyof ReturnType<typeof snoozeTimes>) =>
    marks.act(notification, 'snoozed', snoozeTimes(timeZone)[when]);
  return (
    <>
      <MenuItem icon={<Clock />} onSelect={() => snooze('later')}>
        {t('inbox.snoozeLater')}
      </MenuItem>
      <MenuItem icon={<Clock />} onSelect={() => snooze('tomorrow')}>
        {t('inbox.snoozeTomorrow')}
      </MenuItem>
      <MenuItem icon={<Clock />} onSelect={() => snooze('nextWeek')}>
        {t('inbox.snoozeNextWeek')}
      </MenuItem>
    </>
  );
}
