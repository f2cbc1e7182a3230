import { useQuery } from '@tanstack/react-query';
import { AccountPage } from '@/components/account/AccountPage';
import { AppearanceChoices } from '@/components/account/AppearanceChoices';
import { useT } from '@/i18n/i18n';
import { KATHMANDU } from '@/lib/time';
import { meOptions } from '@/queries/users';

/** What this device keeps needs no answer of the server: the page is there at once. */
export function AppearancePage() {
  const t = useT();
  const { data } = useQuery({ ...meOptions(), throwOnError: false });
  return (
    <AccountPage title={t('account.appearance')} about={t('account.appearanceAbout')}>
      <AppearanceChoices timeZone={data?.timeZone ?? KATHMANDU} />
    </AccountPage>
  );
}
