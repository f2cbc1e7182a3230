import { getRouteApi, Link as RouterLink, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { MfaChallenge } from '@/api/schema';
import { ChallengeForm } from '@/components/auth/ChallengeForm';
import { Aside, AuthHeading } from '@/components/auth/FormParts';
import { LoginForm } from '@/components/auth/LoginForm';
import { Callout } from '@/components/ui/callout';
import { Link } from '@/components/ui/link';
import { useT } from '@/i18n/i18n';
import { usePending } from '@/stores/pending';

const route = getRouteApi('/auth/sign-in');

const reasons = {
  expired: 'auth.endedExpired',
  signedOut: 'auth.endedSignedOut',
  otherUser: 'auth.endedOtherUser',
  passwordReset: 'auth.endedPasswordReset',
  emailChanged: 'auth.endedEmailChanged',
} as const;

export function SignInPage() {
  const t = useT();
  const navigate = useNavigate();
  const { next, reason } = route.useSearch();
  const invited = usePending((pending) => pending.invitation !== undefined);
  const [challenge, setChallenge] = useState<MfaChallenge>();
  const enter = () => void navigate({ href: invited ? '/accept-invitation' : (next ?? '/'), replace: true });
  if (challenge) {
    return <ChallengeForm challenge={challenge} onSignedIn={enter} onBack={() => setChallenge(undefined)} />;
  }
  return (
    <>
      <AuthHeading title={t('auth.signInTitle')} />
      {reason && (
        <div className="mb-4">
          <Callout tone={reason === 'passwordReset' ? 'success' : 'info'}>{t(reasons[reason])}</Callout>
        </div>
      )}
      <LoginForm onChallenge={setChallenge} onSignedIn={enter} />
      <Aside>
        {t('auth.noAccount')}{' '}
        <Link asChild>
          <RouterLink to="/sign-up">{t('auth.signUp')}</RouterLink>
        </Link>
      </Aside>
    </>
  );
}
