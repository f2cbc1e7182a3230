import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useResendVerification } from '@/queries/auth';

/** Sends the link of the sign-up again. The answer is the same for every address. */
export function ResendVerification({ email }: { email: string }) {
  const t = useT();
  const resend = useResendVerification();
  const send = () =>
    resend.mutate(
      { email: email.trim() },
      {
        onSuccess: () => toast({ title: t('auth.mailSentAgain'), tone: 'success' }),
        onError: (error) => toast({ title: problemText(t, error), tone: 'danger' }),
      },
    );
  return (
    <Button size="sm" busy={resend.isPending} onClick={send}>
      {t('auth.sendAgain')}
    </Button>
  );
}
