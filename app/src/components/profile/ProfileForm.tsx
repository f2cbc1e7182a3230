import { Controller, useForm } from 'react-hook-form';
import type { User } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { applyProblem, problemText } from '@/lib/problem-text';
import { useUpdateMe } from '@/queries/users';
import { prefer } from '@/stores/ui';

type Values = Pick<User, 'fullName' | 'locale' | 'timeZone'> & { displayName: string };

const languages = [
  { value: 'en', label: 'English' },
  { value: 'ne', label: 'नेपाली' },
] as const;

/** What others see of me, and how mails and new devices talk to me. */
export function ProfileForm({ user }: { user: User }) {
  const t = useT();
  const update = useUpdateMe();
  const { fullName, displayName, locale, timeZone } = user;
  const form = useForm<Values>({
    defaultValues: { fullName, displayName: displayName ?? '', locale, timeZone },
  });
  const { errors, isDirty, dirtyFields } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const change = { ...values, displayName: values.displayName.trim() || null };
    try {
      await update.mutateAsync({ change, version: user.version });
      // What was chosen just now this device follows; the rest of its own choices stays.
      if (dirtyFields.locale) prefer('lang', values.locale);
      toast({ title: t('profile.saved'), tone: 'success' });
    } catch (error) {
      applyProblem(form, error, t);
      // The newer account takes the place of this form; what happened is said where it stays.
      if (isCode(error, 'version_stale')) toast({ title: problemText(t, error), tone: 'danger' });
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <FormSummary message={errors.root?.server?.message} />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t('profile.fullName')} error={errors.fullName?.message}>
          <Input autoComplete="name" {...form.register('fullName', { required: t('auth.nameNeeded') })} />
        </Field>
        <Field
          label={t('profile.displayName')}
          hint={t('profile.displayNameHint')}
          error={errors.displayName?.message}
        >
          <Input autoComplete="nickname" {...form.register('displayName')} />
        </Field>
        <Field label={t('shell.language')} hint={t('profile.languageHint')} error={errors.locale?.message}>
          <Controller
            control={form.control}
            name="locale"
            render={({ field }) => (
              <Select value={field.value} onValueChange={field.onChange} options={languages} />
            )}
          />
        </Field>
        <Field label={t('profile.timeZone')} error={errors.timeZone?.message}>
          <Input list="time-zones" {...form.register('timeZone')} />
        </Field>
      </div>
      <datalist id="time-zones">
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <div>
        <Button type="submit" variant="primary" disabled={!isDirty} busy={update.isPending}>
          {t('profile.save')}
        </Button>
      </div>
    </form>
  );
}
