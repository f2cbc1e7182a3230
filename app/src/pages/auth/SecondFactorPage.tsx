import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { AuthHeading } from '@/components/auth/FormParts';
import { RecoveryCodes } from '@/components/auth/RecoveryCodes';
import { TotpSetup } from '@/components/auth/TotpSetup';
import { Button } from '@/components/ui/button';
import { useT } from '@/i18n/i18n';
import { useLogout } from '@/queries/auth';

const route = getRouteApi('/auth/second-factor');

/** Who runs an organization has a second factor: it is set up before anything else. */
export function SecondFactorPage() {
  const t = useT();
  const navigate = useNavigate();
  const { next } = route.useSearch();
  const logout = useLogout();
  const [codes, setCodes] = useState<string[]>();
  if (codes) {
    return (
      <>
        <AuthHeading title={t('auth.codesTitle')}>{t('auth.codesText')}</AuthHeading>
        <RecoveryCodes codes={codes} onKept={() => void navigate({ href: next ?? '/', replace: true })} />
      </>
    );
  }
  return (
    <>
      <AuthHeading title={t('auth.secondFactorTitle')}>{t('auth.secondFactorText')}</AuthHeading>
      <TotpSetup onConfirmed={setCodes} />
      <Button variant="ghost" size="sm" className="mt-6 self-start" onClick={() => logout.mutate('here')}>
        {t('shell.signOut')}
      </Button>
    </>
  );
}
