import { Link as RouterLink } from '@tanstack/react-router';
import { MailCheck } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { Aside, AuthHeading, FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Link } from '@/components/ui/link';
import { useT } from '@/i18n/i18n';
import { applyProblem } from '@/lib/problem-text';
import { useForgotPassword } from '@/queries/auth';

export function ForgotPasswordPage() {
  const t = useT();
  const forgot = useForgotPassword();
  const form = useForm({ defaultValues: { email: '' } });
  const { errors } = form.formState;
  const submit = form.handleSubmit(({ email }) =>
    forgot.mutateAsync({ email: email.trim() }).catch((error) => applyProblem(form, error, t)),
  );
  if (forgot.isSuccess) {
    return (
      <>
        <MailCheck aria-hidden="true" className="mb-4 size-8 stroke-[1.5] text-accent-text" />
        <AuthHeading title={t('auth.mailTitle')}>
          {t('auth.resetMailText', { email: form.getValues('email') })}
        </AuthHeading>
        <BackToSignIn />
      </>
    );
  }
  return (
    <>
      <AuthHeading title={t('auth.forgotTitle')}>{t('auth.forgotText')}</AuthHeading>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormSummary message={errors.root?.server?.message} />
        <Field label={t('auth.email')} error={errors.email?.message}>
          <Input
            type="email"
            inputMode="email"
            autoComplete="username"
            {...form.register('email', { required: t('auth.emailNeeded') })}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" block busy={forgot.isPending}>
          {t('auth.sendLink')}
        </Button>
      </form>
      <BackToSignIn />
    </>
  );
}

function BackToSignIn() {
  const t = useT();
  return (
    <Aside>
      <Link asChild>
        <RouterLink to="/sign-in">{t('auth.backToSignIn')}</RouterLink>
      </Link>
    </Aside>
  );
}
