import { MailCheck } from 'lucide-react';
import { useT } from '@/i18n/i18n';
import { Aside, AuthHeading } from './FormParts';
import { ResendVerification } from './ResendVerification';

/** The account waits for its address to be confirmed. */
export function MailSent({ email }: { email: string }) {
  const t = useT();
  return (
    <>
      <MailCheck aria-hidden="true" className="mb-4 size-8 stroke-[1.5] text-accent-text" />
      <AuthHeading title={t('auth.mailTitle')}>{t('auth.mailText', { email })}</AuthHeading>
      <ResendVerification email={email} />
      <Aside>{t('auth.mailHint')}</Aside>
    </>
  );
}
