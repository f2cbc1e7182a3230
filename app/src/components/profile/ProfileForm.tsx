import { useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import type { User } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { FormConflictBar } from '@/components/patterns/FormConflictBar';
import { useSharedForm } from '@/components/patterns/use-shared-form';
import { ValueList } from '@/components/patterns/ValueList';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { meOptions, useUpdateMe } from '@/queries/users';
import { prefer } from '@/stores/ui';

type Values = Pick<User, 'fullName' | 'locale' | 'timeZone'> & { displayName: string };

const valuesOf = ({ fullName, displayName, locale, timeZone }: User): Values => ({
  fullName,
  displayName: displayName ?? '',
  locale,
  timeZone,
});

const languages = [
  { value: 'en', label: 'English' },
  { value: 'ne', label: 'नेपाली' },
] as const;

/** What others see of me, and how mails and new devices talk to me. */
export function ProfileForm({ user }: { user: User }) {
  const t = useT();
  const client = useQueryClient();
  const update = useUpdateMe();
  const form = useForm<Values>({ defaultValues: valuesOf(user) });
  const { errors } = form.formState;
  const { submit, saving, dirty, conflict } = useSharedForm({
    form,
    entity: user,
    values: valuesOf,
    write: ({ displayName, ...change }, version) => {
      const name = displayName === undefined ? {} : { displayName: displayName.trim() || null };
      return update.mutateAsync({ change: { ...change, ...name }, version });
    },
    refetch: () => client.fetchQuery({ ...meOptions(), staleTime: 0 }),
    onSaved: (after, before) => {
      // What was chosen just now this device follows; the rest of its own choices stays.
      if (after.locale !== before.locale) prefer('lang', after.locale);
      toast({ title: t('profile.saved'), tone: 'success' });
    },
  });
  const labels = {
    fullName: t('profile.fullName'),
    displayName: t('profile.displayName'),
    locale: t('shell.language'),
    timeZone: t('profile.timeZone'),
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <FormSummary message={errors.root?.server?.message} />
      <FormConflictBar
        conflict={conflict}
        labels={labels}
        text={(_, value) => languages.find((language) => language.value === value)?.label ?? value}
        busy={saving}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={labels.fullName} error={errors.fullName?.message}>
          <Input autoComplete="name" {...form.register('fullName', { required: t('auth.nameNeeded') })} />
        </Field>
        <Field
          label={labels.displayName}
          hint={t('profile.displayNameHint')}
          error={errors.displayName?.message}
        >
          <Input autoComplete="nickname" {...form.register('displayName')} />
        </Field>
        <Field label={labels.locale} hint={t('profile.languageHint')} error={errors.locale?.message}>
          <Controller
            control={form.control}
            name="locale"
            render={({ field }) => (
              <Select value={field.value} onValueChange={field.onChange} options={languages} />
            )}
          />
        </Field>
        <Field label={labels.timeZone} error={errors.timeZone?.message}>
          <Input list="time-zones" {...form.register('timeZone')} />
        </Field>
      </div>
      <ValueList id="time-zones" of="timeZone" />
      <div>
        <Button type="submit" variant="primary" disabled={!dirty || conflict !== undefined} busy={saving}>
          {t('profile.save')}
        </Button>
      </div>
    </form>
  );
}
