import { useQuery } from '@tanstack/react-query';
import { AccountPage, LoadFailed } from '@/components/account/AccountPage';
import { PreferenceMatrix } from '@/components/account/PreferenceMatrix';
import { Loading, SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { preferencesOptions } from '@/queries/notifications';
import { useOrgId } from '@/queries/org';
import { useSession } from '@/stores/session';

export function NotificationPreferencesPage() {
  const t = useT();
  const { data, error, isPending, refetch } = useQuery(preferencesOptions(useOrgId()));
  const organization = useSession((session) => session.organization?.name ?? '');
  return (
    <AccountPage title={t('account.notifications')} about={t('account.notificationsAbout', { organization })}>
      {error && <LoadFailed error={error} onRetry={() => void refetch()} />}
      {isPending && (
        <Loading>
          <SkeletonRows rows={6} />
        </Loading>
      )}
      {data && <PreferenceMatrix preferences={data.preferences} />}
    </AccountPage>
  );
}
