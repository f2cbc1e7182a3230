import { Link as RouterLink } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import type { MfaChallenge } from '@/api/schema';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Link } from '@/components/ui/link';
import { PasswordField } from '@/components/ui/password-field';
import { useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { faultTexts, problemText } from '@/lib/problem-text';
import { isChallenge, useLogin } from '@/queries/auth';
import { FormSummary } from './FormParts';
import { ResendVerification } from './ResendVerification';

export interface LoginFormProps {
  /** The password was right; a code is asked for. */
  onChallenge: (challenge: MfaChallenge) => void;
  onSignedIn: () => void;
}

/** Two fields that the browser keeps: the first page anybody sees does without the form library. */
export function LoginForm({ onChallenge, onSignedIn }: LoginFormProps) {
  const t = useT();
  const login = useLogin();
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState<Partial<Record<'email' | 'password', string>>>({});
  const faults = { ...faultTexts(t, login.error), ...missing };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { email, password } = read(event.currentTarget);
    const empty = {
      ...(email === '' && { email: t('auth.emailNeeded') }),
      ...(password === '' && { password: t('auth.passwordNeeded') }),
    };
    setMissing(empty);
    const [first] = Object.keys(empty);
    if (first !== undefined) return focus(form.current, first);
    login.mutate(
      { email, password },
      {
        onSuccess: (answer) => (isChallenge(answer) ? onChallenge(answer) : onSignedIn()),
        onError: () => focus(form.current, 'password'),
      },
    );
  };
  const wrong = isCode(login.error, 'unauthenticated');
  const summary = login.error && (wrong ? t('auth.wrongLogin') : problemText(t, login.error));
  const placed = faults.email ?? faults.password;
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormSummary message={summary && !placed ? summary : undefined}>
        {isCode(login.error, 'email_unverified') && (
          <ResendVerification email={login.variables?.email ?? ''} />
        )}
      </FormSummary>
      <Field label={t('auth.email')} error={faults.email}>
        <Input name="email" type="email" autoComplete="username" inputMode="email" />
      </Field>
      <Field
        label={t('auth.password')}
        error={faults.password}
        aside={
          <Link asChild>
            <RouterLink to="/forgot-password">{t('auth.forgot')}</RouterLink>
          </Link>
        }
      >
        <PasswordField name="password" autoComplete="current-password" />
      </Field>
      <Button type="submit" variant="primary" size="lg" block busy={login.isPending}>
        {t('auth.signIn')}
      </Button>
    </form>
  );
}

function read(form: HTMLFormElement): { email: string; password: string } {
  const data = new FormData(form);
  return { email: String(data.get('email') ?? '').trim(), password: String(data.get('password') ?? '') };
}

function focus(form: HTMLFormElement | null, name: string): void {
  const field = form?.elements.namedItem(name);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}
