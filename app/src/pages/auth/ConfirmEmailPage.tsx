import { Link, useLocation } from '@tanstack/react-router';
import { AuthHeading, FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { useT } from '@/i18n/i18n';
import { linkToken } from '@/lib/link-token';
import { isCode } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { useConfirmEmail } from '@/queries/auth';

/** The new address of an account that exists. A button, not a visit: mail scanners open links. */
export function ConfirmEmailPage() {
  const t = useT();
  const token = useLocation({ select: ({ hash }) => linkToken(hash) });
  const confirm = useConfirmEmail();
  if (confirm.isSuccess) {
    return (
      <>
        <AuthHeading title={t('auth.confirmEmailTitle')} />
        <Callout tone="success">{t('auth.emailConfirmed')}</Callout>
        <Button asChild variant="primary" size="lg" block className="mt-4">
          <Link to="/">{t('auth.continue')}</Link>
        </Button>
      </>
    );
  }
  const over = isCode(confirm.error, 'unauthenticated', 'not_found', 'invalid_input', 'gone');
  const message = confirm.error ? (over ? t('auth.linkOver') : problemText(t, confirm.error)) : undefined;
  return (
    <>
      <AuthHeading title={t('auth.confirmEmailTitle')}>{t('auth.confirmEmailText')}</AuthHeading>
      <div className="flex flex-col gap-4">
        <FormSummary message={token === undefined ? t('auth.linkOver') : message} />
        {token !== undefined && (
          <Button
            variant="primary"
            size="lg"
            block
            busy={confirm.isPending}
            onClick={() => confirm.mutate({ token })}
          >
            {t('auth.confirmEmail')}
          </Button>
        )}
      </div>
    </>
  );
}
