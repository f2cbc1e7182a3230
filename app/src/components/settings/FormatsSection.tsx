import { Controller, useForm } from 'react-hook-form';
import type { Settings } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { usePreferences } from '@/components/ui/preferences';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { monthNames } from '@/lib/format';
import { isCode } from '@/lib/problem';
import { applyProblem } from '@/lib/problem-text';
import { useUpdateSettings } from '@/queries/settings';
import { AccentField } from './AccentField';
import { changed } from './changes';

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

/** How the organization counts and writes: what new members and documents start with. */
export function FormatsSection({ settings, editable }: { settings: Settings; editable: boolean }) {
  const t = useT();
  const { locale } = usePreferences();
  const update = useUpdateSettings();
  const form = useForm<Values>({ defaultValues: valuesOf(settings) });
  const { errors, isDirty } = form.formState;
  const calendar = form.watch('calendar');
  const submit = form.handleSubmit(async (values) => {
    const { fiscalYearStartMonth: month, ...change } = changed(valuesOf(settings), {
      ...values,
      currency: values.currency.trim().toUpperCase(),
    });
    const whole = { ...change, ...(month && { fiscalYearStartMonth: Number(month) }) };
    try {
      await update.mutateAsync({ change: whole, version: settings.version });
      toast({ title: t('orgSettings.saved'), tone: 'success' });
    } catch (error) {
      if (!isCode(error, 'step_up_required')) applyProblem(form, error, t);
    }
  });
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
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('orgSettings.locale')}>
          {choice('locale', [
            { value: 'en', label: 'English' },
            { value: 'ne', label: 'नेपाली' },
          ])}
        </Field>
        <Field label={t('orgSettings.timeZone')} error={errors.timeZone?.message}>
          <Input list="organization-zones" readOnly={!editable} {...form.register('timeZone')} />
        </Field>
        <Field label={t('orgSettings.calendar')}>
          {choice('calendar', [
            { value: 'bs', label: t('orgSettings.calendarBs') },
            { value: 'ad', label: t('orgSettings.calendarAd') },
          ])}
        </Field>
        <Field label={t('orgSettings.fiscal')} error={errors.fiscalYearStartMonth?.message}>
          {choice(
            'fiscalYearStartMonth',
            monthNames(calendar, locale).map((label, month) => ({ value: String(month + 1), label })),
          )}
        </Field>
        <Field
          label={t('orgSettings.currency')}
          hint={t('orgSettings.currencyHint')}
          error={errors.currency?.message}
        >
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
      <datalist id="organization-zones">
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <datalist id="organization-currencies">
        {Intl.supportedValuesOf('currency').map((code) => (
          <option key={code} value={code} />
        ))}
      </datalist>
      {editable && (
        <div className="flex justify-end">
          <Button type="submit" variant="primary" disabled={!isDirty} busy={update.isPending}>
            {t('orgSettings.save')}
          </Button>
        </div>
      )}
    </form>
  );
}
