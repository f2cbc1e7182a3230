import { useQuery } from '@tanstack/react-query';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { notificationCountsOptions } from '@/queries/notifications';
import { useOrgId } from '@/queries/org';

/** The number beside an entry: the server's, never counted here. */
export function NavCount({ kind: _ }: { kind: 'unread' }) {
  const t = useT();
  const format = useFormat();
  const { data } = useQuery(notificationCountsOptions(useOrgId()));
  if (!data || data.unread === 0) return null;
  return (
    <span className="num text-meta">
      <span aria-hidden="true">
        {data.unread > 99 ? `${format.number(99)}+` : format.number(data.unread)}
      </span>
      <span className="sr-only">{t('shell.unread', { count: data.unread })}</span>
    </span>
  );
}
