import { Link as RouterLink, useLocation, useNavigate } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { Aside, AuthHeading, FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Link } from '@/components/ui/link';
import { PasswordField } from '@/components/ui/password-field';
import { useT } from '@/i18n/i18n';
import { linkToken } from '@/lib/link-token';
import { isCode, ProblemError } from '@/lib/problem';
import { applyProblem } from '@/lib/problem-text';
import { useResetPassword } from '@/queries/auth';

/** The server decides whether 8 or 12 characters are enough: that depends on the second factor. */
export function ResetPasswordPage() {
  const t = useT();
  const navigate = useNavigate();
  const token = useLocation({ select: ({ hash }) => linkToken(hash) });
  const reset = useResetPassword();
  const form = useForm({ defaultValues: { password: '' } });
  const { errors } = form.formState;
  const failed = (error: unknown) => {
    const aboutLink =
      error instanceof ProblemError && error.errors.some(({ pointer }) => pointer === '#/token');
    if (aboutLink || isCode(error, 'unauthenticated', 'not_found', 'gone')) {
      form.setError('root.server', { message: t('auth.linkOver') });
      return;
    }
    applyProblem(form, error, t);
  };
  const submit = form.handleSubmit(({ password }) =>
    reset
      .mutateAsync({ token: token ?? '', password })
      .then(
        () => void navigate({ to: '/sign-in', search: { reason: 'passwordReset' }, replace: true }),
        failed,
      ),
  );
  return (
    <>
      <AuthHeading title={t('auth.resetTitle')}>{t('auth.resetText')}</AuthHeading>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormSummary message={token === undefined ? t('auth.linkOver') : errors.root?.server?.message} />
        <Field label={t('auth.newPassword')} hint={t('auth.passwordRule')} error={errors.password?.message}>
          <PasswordField
            autoComplete="new-password"
            {...form.register('password', {
              validate: (text) => [...text].length >= 8 || t('auth.passwordNeeded'),
            })}
          />
        </Field>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          block
          busy={reset.isPending}
          disabled={token === undefined}
        >
          {t('auth.savePassword')}
        </Button>
      </form>
      <Aside>
        <Link asChild>
          <RouterLink to="/forgot-password">{t('auth.newLink')}</RouterLink>
        </Link>
      </Aside>
    </>
  );
}
