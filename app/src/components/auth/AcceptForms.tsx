import { Link as RouterLink } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Link } from '@/components/ui/link';
import { PasswordField } from '@/components/ui/password-field';
import { useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { applyProblem, problemText } from '@/lib/problem-text';
import { useLogout } from '@/queries/auth';
import { useAcceptInvitation } from '@/queries/invitations';
import { Aside, FormSummary } from './FormParts';

interface AcceptProps {
  token: string;
  onAccepted: () => void;
}

/** Somebody who is signed in. The server checks that the invitation is for this address. */
export function AcceptAsMe({ token, email, onAccepted }: AcceptProps & { email: string }) {
  const t = useT();
  const accept = useAcceptInvitation();
  const logout = useLogout();
  const send = () => accept.mutate({ as: 'me', body: { token } }, { onSuccess: onAccepted });
  return (
    <div className="flex flex-col gap-4">
      <FormSummary message={accept.error ? problemText(t, accept.error) : undefined}>
        {isCode(accept.error, 'invitation_for_other_email') && (
          <Button size="sm" onClick={() => logout.mutate('here')}>
            {t('shell.signOut')}
          </Button>
        )}
      </FormSummary>
      <p className="text-dense text-muted">{t('auth.signedInAs', { email })}</p>
      <Button variant="primary" size="lg" block busy={accept.isPending} onClick={send}>
        {t('auth.join')}
      </Button>
    </div>
  );
}

/** Somebody new: the link already proves the address. */
export function AcceptAsNew({ token, onAccepted }: AcceptProps) {
  const t = useT();
  const accept = useAcceptInvitation();
  const form = useForm({ defaultValues: { fullName: '', password: '' } });
  const { errors } = form.formState;
  const submit = form.handleSubmit((values) =>
    accept
      .mutateAsync({ as: 'new', body: { token, ...values } })
      .then(onAccepted, (error) => applyProblem(form, error, t)),
  );
  const known = isCode(accept.error, 'sign_in_to_accept');
  return (
    <>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormSummary message={errors.root?.server?.message}>
          {known && (
            <Button asChild size="sm">
              <RouterLink to="/sign-in">{t('auth.signIn')}</RouterLink>
            </Button>
          )}
        </FormSummary>
        <Field label={t('auth.fullName')} error={errors.fullName?.message}>
          <Input autoComplete="name" {...form.register('fullName', { required: t('auth.nameNeeded') })} />
        </Field>
        <Field label={t('auth.newPassword')} hint={t('auth.passwordRule')} error={errors.password?.message}>
          <PasswordField
            autoComplete="new-password"
            {...form.register('password', {
              validate: (text) => [...text].length >= 12 || t('auth.passwordShort'),
            })}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" block busy={accept.isPending}>
          {t('auth.join')}
        </Button>
      </form>
      <Aside>
        {t('auth.haveAccount')}{' '}
        <Link asChild>
          <RouterLink to="/sign-in">{t('auth.signIn')}</RouterLink>
        </Link>
      </Aside>
    </>
  );
}
