import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { notificationCountsOptions } from '@/queries/notifications';
import { useOrgId } from '@/queries/org';

const looks = {
  plain: 'text-meta',
  badge:
    'absolute -top-1.5 left-3 flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 font-medium text-[10px] text-on-fill leading-none ring-2 ring-surface',
};

interface NavCountProps {
  kind: 'unread';
  /** A badge sits on the icon, where there is no room beside the name. */
  look?: keyof typeof looks;
}

/** The number of an entry: the server's, never counted here. */
export function NavCount({ kind: _, look = 'plain' }: NavCountProps) {
  const t = useT();
  const format = useFormat();
  const { data } = useQuery(notificationCountsOptions(useOrgId()));
  if (!data || data.unread === 0) return null;
  return (
    <span className={clsx('num', looks[look])}>
      <span aria-hidden="true">
        {data.unread > 99 ? `${format.number(99)}+` : format.number(data.unread)}
      </span>
      <span className="sr-only">{t('shell.unread', { count: data.unread })}</span>
    </span>
  );
}
