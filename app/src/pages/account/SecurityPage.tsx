import { AccountPage } from '@/components/account/AccountPage';
import { PasswordSection } from '@/components/account/PasswordSection';
import { SessionsSection } from '@/components/account/SessionsSection';
import { TwoFactorSection } from '@/components/account/TwoFactorSection';
import { useT } from '@/i18n/i18n';

export function SecurityPage() {
  const t = useT();
  return (
    <AccountPage title={t('account.security')} about={t('account.securityAbout')}>
      <PasswordSection />
      <TwoFactorSection />
      <SessionsSection />
    </AccountPage>
  );
}
