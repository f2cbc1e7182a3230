import { useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import type { Settings } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { FormConflictBar } from '@/components/patterns/FormConflictBar';
import { useSharedForm } from '@/components/patterns/use-shared-form';
import { ValueList } from '@/components/patterns/ValueList';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { usePreferences } from '@/components/ui/preferences';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { monthNames } from '@/lib/format';
import { useOrgId } from '@/queries/org';
import { settingsOptions, useUpdateSettings } from '@/queries/settings';
import { AccentField } from './AccentField';

type Values = Pick<Settings, 'currency' | 'timeZone' | 'calendar' | 'locale' | 'accentColor'> & {
  fiscalYearStartMonth: string;
};

const valuesOf = (settings: Settings): Values => ({
  currency: settings.currency,
  timeZone: settings.timeZone,
  calendar: settings.calendar,
  locale: settings.locale,
  accentColor: settings.accentColor,
  fiscalYearStartMonth: String(settings.fiscalYearStartMonth),
});

const languages = [
  { value: 'en', label: 'English' },
  { value: 'ne', label: 'नेपाली' },
] as const;

/** How the organization counts and writes: what new members and documents start with. */
export function FormatsSection({ settings, editable }: { settings: Settings; editable: boolean }) {
  const t = useT();
  const { locale } = usePreferences();
  const client = useQueryClient();
  const org = useOrgId();
  const update = useUpdateSettings();
  const form = useForm<Values>({ defaultValues: valuesOf(settings) });
  const { errors } = form.formState;
  const calendar = form.watch('calendar');
  const { submit, saving, dirty, conflict } = useSharedForm({
    form,
    entity: settings,
    values: valuesOf,
    write: ({ fiscalYearStartMonth: month, currency, ...rest }, version) => {
      const numbers = month === undefined ? {} : { fiscalYearStartMonth: Number(month) };
      const money = currency === undefined ? {} : { currency: currency.trim().toUpperCase() };
      return update.mutateAsync({ change: { ...rest, ...numbers, ...money }, version });
    },
    refetch: () => client.fetchQuery({ ...settingsOptions(org), staleTime: 0 }),
    onSaved: () => toast({ title: t('orgSettings.saved'), tone: 'success' }),
  });
  const labels: Record<keyof Values, string> = {
    locale: t('orgSettings.locale'),
    timeZone: t('orgSettings.timeZone'),
    calendar: t('orgSettings.calendar'),
    fiscalYearStartMonth: t('orgSettings.fiscal'),
    currency: t('orgSettings.currency'),
    accentColor: t('orgSettings.accent'),
  };
  const calendars = [
    { value: 'bs', label: t('orgSettings.calendarBs') },
    { value: 'ad', label: t('orgSettings.calendarAd') },
  ] as const;
  const months = monthNames(calendar, locale).map((label, month) => ({ value: String(month + 1), label }));
  const words = [...languages, ...calendars, ...months];
  const choice = <N extends 'calendar' | 'locale' | 'fiscalYearStartMonth'>(
    name: N,
    options: readonly { value: Values[N]; label: string }[],
  ) => (
    <Controller
      control={form.control}
      name={name}
      render={({ field }) => (
        <Select
          // The controller's value is one of the options of its own field.
          value={field.value as Values[N]}
          onValueChange={field.onChange}
          options={options}
          disabled={!editable}
        />
      )}
    />
  );
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormSummary message={errors.root?.server?.message} />
      <FormConflictBar
        conflict={conflict}
        labels={labels}
        text={(_, value) => words.find((word) => word.value === value)?.label ?? value}
        busy={saving}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={labels.locale}>{choice('locale', languages)}</Field>
        <Field label={labels.timeZone} error={errors.timeZone?.message}>
          <Input list="organization-zones" readOnly={!editable} {...form.register('timeZone')} />
        </Field>
        <Field label={labels.calendar}>{choice('calendar', calendars)}</Field>
        <Field label={labels.fiscalYearStartMonth} error={errors.fiscalYearStartMonth?.message}>
          {choice('fiscalYearStartMonth', months)}
        </Field>
        <Field label={labels.currency} hint={t('orgSettings.currencyHint')} error={errors.currency?.message}>
          <Input
            list="organization-currencies"
            maxLength={3}
            spellCheck={false}
            readOnly={!editable}
            className="uppercase"
            {...form.register('currency')}
          />
        </Field>
        <Controller
          control={form.control}
          name="accentColor"
          render={({ field }) => (
            <AccentField
              value={field.value}
              onValueChange={field.onChange}
              error={errors.accentColor?.message}
              editable={editable}
            />
          )}
        />
      </div>
      <ValueList id="organization-zones" of="timeZone" />
      <ValueList id="organization-currencies" of="currency" />
      {editable && (
        <div className="flex justify-end">
          <Button type="submit" variant="primary" disabled={!dirty || conflict !== undefined} busy={saving}>
            {t('orgSettings.save')}
          </Button>
        </div>
      )}
    </form>
  );
}
