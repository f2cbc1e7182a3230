import type { Lockout } from '@/api/schema';
import { roleName } from '@/components/roles/role-text';
import { Avatar } from '@/components/ui/avatar';
import { Callout } from '@/components/ui/callout';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';

/** Whom the policy keeps from working, and from when on. */
export function LockoutList({ lockout: { members, total } }: { lockout: Lockout }) {
  const t = useT();
  const format = useFormat();
  if (total === 0) return <Callout tone="success">{t('orgSettings.lockoutNobody')}</Callout>;
  const more = total - members.length;
  return (
    <div className="flex flex-col gap-2">
      <Callout tone="warning" title={t('orgSettings.lockout', { count: total, shown: format.number(total) })}>
        {t('orgSettings.lockoutWhy')}
      </Callout>
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by the keyboard
        tabIndex={0}
        aria-label={t('orgSettings.lockedOut')}
        className="max-h-80 divide-y divide-line overflow-y-auto rounded-control border border-line text-dense"
      >
        {members.map(({ userId, fullName, email, role, from }) => (
          <li key={userId} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-2">
            <Avatar name={fullName} decorative />
            <span className="min-w-0 flex-1 basis-40">
              <span className="block truncate font-medium">{fullName}</span>
              <span className="block truncate text-meta text-muted">{email}</span>
            </span>
            <span className="text-muted">{roleName(t, role)}</span>
            <span className="num text-right sm:w-40">
              {new Date(from) <= new Date()
                ? t('orgSettings.fromNow')
                : t('orgSettings.from', { day: format.date(from) })}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p className="num text-meta text-muted">
          {t('orgSettings.moreLocked', { count: more, shown: format.number(more) })}
        </p>
      )}
    </div>
  );
}
