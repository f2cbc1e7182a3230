import { Link as RouterLink } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import type { MfaChallenge } from '@/api/schema';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Link } from '@/components/ui/link';
import { PasswordField } from '@/components/ui/password-field';
import { useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { applyProblem } from '@/lib/problem-text';
import { isChallenge, useLogin } from '@/queries/auth';
import { FormSummary } from './FormParts';
import { ResendVerification } from './ResendVerification';

export interface LoginFormProps {
  /** The password was right; a code is asked for. */
  onChallenge: (challenge: MfaChallenge) => void;
  onSignedIn: () => void;
}

export function LoginForm({ onChallenge, onSignedIn }: LoginFormProps) {
  const t = useT();
  const login = useLogin();
  const form = useForm({ defaultValues: { email: '', password: '' } });
  const { errors } = form.formState;
  const submit = form.handleSubmit(({ email, password }) =>
    login.mutateAsync({ email: email.trim(), password }).then(
      (answer) => (isChallenge(answer) ? onChallenge(answer) : onSignedIn()),
      (error) => {
        if (!isCode(error, 'unauthenticated')) return applyProblem(form, error, t);
        form.setError('root.server', { message: t('auth.wrongLogin') });
        form.setFocus('password', { shouldSelect: true });
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormSummary message={errors.root?.server?.message}>
        {isCode(login.error, 'email_unverified') && <ResendVerification email={form.getValues('email')} />}
      </FormSummary>
      <Field label={t('auth.email')} error={errors.email?.message}>
        <Input
          type="email"
          autoComplete="username"
          inputMode="email"
          {...form.register('email', { required: t('auth.emailNeeded') })}
        />
      </Field>
      <Field
        label={t('auth.password')}
        error={errors.password?.message}
        aside={
          <Link asChild>
            <RouterLink to="/forgot-password">{t('auth.forgot')}</RouterLink>
          </Link>
        }
      >
        <PasswordField
          autoComplete="current-password"
          {...form.register('password', { required: t('auth.passwordNeeded') })}
        />
      </Field>
      <Button type="submit" variant="primary" size="lg" block busy={login.isPending}>
        {t('auth.signIn')}
      </Button>
    </form>
  );
}
