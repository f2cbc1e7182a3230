import { getRouteApi, Link as RouterLink, useNavigate } from '@tanstack/react-router';
import { useForm, useWatch } from 'react-hook-form';
import { Aside, AuthHeading, FormSummary } from '@/components/auth/FormParts';
import { MailSent } from '@/components/auth/MailSent';
import {
  Dots,
  type SignUpStep,
  type SignUpValues,
  StepField,
  signUpFields,
} from '@/components/auth/SignUpSteps';
import { Button } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { useT } from '@/i18n/i18n';
import { applyProblem } from '@/lib/problem-text';
import { useRegister } from '@/queries/auth';
import { useUi } from '@/stores/ui';

const route = getRouteApi('/auth/sign-up');

const titles = {
  email: 'auth.stepEmail',
  name: 'auth.stepName',
  password: 'auth.stepPassword',
  organization: 'auth.stepOrganization',
} as const;

/** One question per page; each has an address, so Back goes back. What was typed lives only in this page. */
export function SignUpPage() {
  const t = useT();
  const navigate = useNavigate();
  const wanted = route.useSearch().step ?? 'email';
  const lang = useUi((ui) => ui.lang);
  const register = useRegister();
  const form = useForm<SignUpValues>({
    defaultValues: { email: '', fullName: '', password: '', organizationName: '' },
  });
  const values = useWatch({ control: form.control });
  const go = (step: SignUpStep | 'sent') => void navigate({ to: '/sign-up', search: { step } });
  if (wanted === 'sent' && register.isSuccess) return <MailSent email={values.email ?? ''} />;

  // An address in the middle of the way, opened anew, begins where something is missing.
  const open = signUpFields.findIndex(([, field]) => !values[field]);
  const asked = signUpFields.findIndex(([step]) => step === wanted);
  const at = Math.max(0, Math.min(asked, open < 0 ? asked : open));
  const [step, field] = signUpFields[at] ?? signUpFields[0];
  const next = signUpFields[at + 1]?.[0];

  const send = async () => {
    const { email, ...rest } = form.getValues();
    try {
      await register.mutateAsync({ ...rest, email: email.trim(), locale: lang });
      go('sent');
    } catch (error) {
      applyProblem(form, error, t);
      const bad = signUpFields.find(([, name]) => form.getFieldState(name).invalid);
      if (bad) go(bad[0]);
    }
  };
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    form.clearErrors('root');
    if (!(await form.trigger(field, { shouldFocus: true }))) return;
    if (next) go(next);
    else await send();
  };
  return (
    <>
      <Dots at={at} />
      <AuthHeading title={t(titles[step])}>{step === 'email' ? t('auth.signUpText') : null}</AuthHeading>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormSummary message={form.formState.errors.root?.server?.message} />
        <StepField key={step} step={step} form={form} />
        <Button type="submit" variant="primary" size="lg" block busy={register.isPending}>
          {t(next ? 'auth.continue' : 'auth.createAccount')}
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
