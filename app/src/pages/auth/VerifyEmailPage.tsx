import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { AuthHeading } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { useT } from '@/i18n/i18n';
import { linkToken } from '@/lib/link-token';
import { isCode } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { useVerifyEmail } from '@/queries/auth';

/** A token is used up by its first use, so it is sent once, however often the page is built. */
const sent = new Set<string>();

export function VerifyEmailPage() {
  const t = useT();
  const navigate = useNavigate();
  const token = useLocation({ select: ({ hash }) => linkToken(hash) });
  const verify = useVerifyEmail();
  const { mutate } = verify;
  useEffect(() => {
    if (token === undefined || sent.has(token)) return;
    sent.add(token);
    mutate({ token }, { onSuccess: () => void navigate({ to: '/', replace: true }) });
  }, [token, mutate, navigate]);
  if (token !== undefined && !verify.error) {
    return <AuthHeading title={t('auth.verifying')}>{t('auth.oneMoment')}</AuthHeading>;
  }
  const over =
    token === undefined || isCode(verify.error, 'unauthenticated', 'not_found', 'invalid_input', 'gone');
  return (
    <>
      <AuthHeading title={t('auth.verifyTitle')} />
      <Callout alert tone="warning">
        {over ? t('auth.linkOver') : problemText(t, verify.error)}
      </Callout>
      <div className="mt-4 flex gap-2">
        <Button asChild variant="primary">
          <Link to="/sign-in">{t('auth.signIn')}</Link>
        </Button>
        <Button asChild>
          <Link to="/sign-up">{t('auth.signUp')}</Link>
        </Button>
      </div>
    </>
  );
}
