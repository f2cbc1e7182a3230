import { Controller, useForm } from 'react-hook-form';
import type { User } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { applyProblem } from '@/lib/problem-text';
import { useUpdateMe } from '@/queries/users';
import { prefer } from '@/stores/ui';

type Values = Pick<User, 'fullName' | 'locale' | 'calendar' | 'theme' | 'timeZone'> & { displayName: string };

/** What others see of me, and how mails and new devices talk to me. */
export function ProfileForm({ user }: { user: User }) {
  const t = useT();
  const update = useUpdateMe();
  const { fullName, displayName, locale, calendar, theme, timeZone } = user;
  const form = useForm<Values>({
    defaultValues: { fullName, displayName: displayName ?? '', locale, calendar, theme, timeZone },
  });
  const { errors, isDirty, dirtyFields } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const change = { ...values, displayName: values.displayName.trim() || null };
    try {
      await update.mutateAsync({ change, version: user.version });
      // What was chosen just now this device follows; the rest of its own choices stays.
      if (dirtyFields.locale) prefer('lang', values.locale);
      if (dirtyFields.calendar) prefer('calendar', values.calendar);
      if (dirtyFields.theme) prefer('theme', values.theme);
      toast({ title: t('profile.saved'), tone: 'success' });
    } catch (error) {
      applyProblem(form, error, t);
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
        <Field label={t('auth.email')}>
          <Input value={user.email} readOnly />
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
      <Choices form={form} />
      <div className="flex justify-end border-line border-t pt-4">
        <Button type="submit" variant="primary" disabled={!isDirty} busy={update.isPending}>
          {t('profile.save')}
        </Button>
      </div>
    </form>
  );
}

function Choices({ form: { control } }: { form: ReturnType<typeof useForm<Values>> }) {
  const t = useT();
  return (
    <div className="flex flex-wrap gap-x-8 gap-y-5">
      <Controller
        control={control}
        name="locale"
        render={({ field }) => (
          <Choice
            label={t('shell.language')}
            value={field.value}
            onChange={field.onChange}
            options={[
              { value: 'en', label: 'English' },
              { value: 'ne', label: 'नेपाली' },
            ]}
          />
        )}
      />
      <Controller
        control={control}
        name="calendar"
        render={({ field }) => (
          <Choice
            label={t('profile.calendar')}
            value={field.value}
            onChange={field.onChange}
            options={[
              { value: 'ad', label: t('profile.calendarAd') },
              { value: 'bs', label: t('profile.calendarBs') },
            ]}
          />
        )}
      />
      <Controller
        control={control}
        name="theme"
        render={({ field }) => (
          <Choice
            label={t('shell.theme')}
            value={field.value}
            onChange={field.onChange}
            options={[
              { value: 'system', label: t('shell.themeSystem') },
              { value: 'light', label: t('shell.themeLight') },
              { value: 'dark', label: t('shell.themeDark') },
            ]}
          />
        )}
      />
    </div>
  );
}

interface ChoiceProps<V extends string> {
  label: string;
  value: V;
  onChange: (value: V) => void;
  options: readonly { value: V; label: string }[];
}

function Choice<V extends string>({ label, value, onChange, options }: ChoiceProps<V>) {
  return (
    <div className="flex flex-col gap-1">
      <span aria-hidden="true" className="font-medium text-dense">
        {label}
      </span>
      <Segmented label={label} value={value} onValueChange={onChange} options={options} />
    </div>
  );
}
