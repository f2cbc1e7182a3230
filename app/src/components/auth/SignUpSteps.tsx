import { clsx } from 'clsx';
import type { UseFormReturn } from 'react-hook-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PasswordField } from '@/components/ui/password-field';
import { useT } from '@/i18n/i18n';

export interface SignUpValues {
  email: string;
  fullName: string;
  password: string;
  organizationName: string;
}

/** The steps in their order, and the one field of each. */
export const signUpFields = [
  ['email', 'email'],
  ['name', 'fullName'],
  ['password', 'password'],
  ['organization', 'organizationName'],
] as const satisfies readonly (readonly [string, keyof SignUpValues])[];

export type SignUpStep = (typeof signUpFields)[number][0];

export function Dots({ at }: { at: number }) {
  const t = useT();
  return (
    <p className="mb-6 flex items-center gap-1.5">
      <span className="sr-only">{t('auth.stepOf', { step: at + 1, count: signUpFields.length })}</span>
      {signUpFields.map(([step], index) => (
        <span
          key={step}
          aria-hidden="true"
          className={clsx('h-1 w-8 rounded-full', index <= at ? 'bg-accent' : 'bg-line')}
        />
      ))}
    </p>
  );
}

export function StepField({ step, form }: { step: SignUpStep; form: UseFormReturn<SignUpValues> }) {
  const t = useT();
  const { errors } = form.formState;
  // No `autoFocus` on the first page load of a phone: the keyboard would cover what this is about.
  const focus = { autoFocus: step !== 'email' };
  if (step === 'email') {
    return (
      <Field label={t('auth.workEmail')} error={errors.email?.message}>
        <Input
          type="email"
          inputMode="email"
          autoComplete="email"
          {...form.register('email', {
            required: t('auth.emailNeeded'),
            pattern: { value: /^\S+@\S+\.\S+$/, message: t('auth.emailWrong') },
          })}
        />
      </Field>
    );
  }
  if (step === 'name') {
    return (
      <Field label={t('auth.fullName')} error={errors.fullName?.message}>
        <Input
          {...focus}
          autoComplete="name"
          {...form.register('fullName', { required: t('auth.nameNeeded') })}
        />
      </Field>
    );
  }
  if (step === 'password') {
    return (
      <Field label={t('auth.newPassword')} hint={t('auth.passwordRule')} error={errors.password?.message}>
        <PasswordField
          {...focus}
          autoComplete="new-password"
          {...form.register('password', {
            validate: (text) => [...text].length >= 12 || t('auth.passwordShort'),
          })}
        />
      </Field>
    );
  }
  return (
    <Field
      label={t('auth.organizationName')}
      hint={t('auth.organizationHint')}
      error={errors.organizationName?.message}
    >
      <Input
        {...focus}
        autoComplete="organization"
        {...form.register('organizationName', { required: t('auth.organizationNeeded') })}
      />
    </Field>
  );
}
