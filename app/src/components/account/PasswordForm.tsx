import { useForm } from 'react-hook-form';
import { FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { PasswordField } from '@/components/ui/password-field';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { applyProblem, problemText } from '@/lib/problem-text';
import { useChangePassword } from '@/queries/auth';
import { useSession } from '@/stores/session';
import { StrengthBar } from './StrengthBar';

/** With a second factor a shorter password will do: the server says so too. */
export function PasswordForm({ email, onDone }: { email: string; onDone: () => void }) {
  const t = useT();
  const change = useChangePassword();
  const shortest = useSession((session) => (session.secondFactor ? 8 : 12));
  const min = useFormat().number(shortest);
  const form = useForm({ defaultValues: { currentPassword: '', newPassword: '' } });
  const { errors } = form.formState;
  const submit = form.handleSubmit((values) =>
    change.mutateAsync(values).then(
      () => {
        toast({ title: t('account.passwordChanged'), tone: 'success' });
        onDone();
      },
      (error) => {
        if (!isCode(error, 'password_incorrect')) return applyProblem(form, error, t);
        form.setError('currentPassword', { message: problemText(t, error) }, { shouldFocus: true });
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate className="flex max-w-100 flex-col gap-4">
      <FormSummary message={errors.root?.server?.message} />
      {/* Tells password managers whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field label={t('account.currentPassword')} error={errors.currentPassword?.message}>
        <PasswordField
          autoFocus
          autoComplete="current-password"
          {...form.register('currentPassword', { required: t('auth.passwordNeeded') })}
        />
      </Field>
      <Field
        label={t('auth.newPassword')}
        hint={t('account.passwordRule', { min })}
        error={errors.newPassword?.message}
      >
        <PasswordField
          autoComplete="new-password"
          {...form.register('newPassword', {
            validate: (text) => [...text].length >= shortest || t('account.passwordShort', { min }),
          })}
        />
      </Field>
      <StrengthBar password={form.watch('newPassword')} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={change.isPending}>
          {t('account.changePassword')}
        </Button>
        <Button variant="ghost" onClick={onDone}>
          {t('auth.cancel')}
        </Button>
      </div>
    </form>
  );
}
