import { Controller, type UseFormReturn } from 'react-hook-form';
import { schedulePeriodValues } from '@/api/schema';
import { Checkbox } from '@/components/ui/checkbox';
import { DateField } from '@/components/ui/date-field';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { useT } from '@/i18n/i18n';
import { today } from '@/lib/time';
import { useCan } from '@/queries/bootstrap';
import { MOST_AFTER, MOST_EVERY, type RhythmValues, wholeNumber } from './rhythm-model';

export interface RhythmFieldsProps {
  form: UseFormReturn<RhythmValues>;
}

/** On which days, until when, and whether somebody looks at each invoice before it is issued. */
export function RhythmFields({ form }: RhythmFieldsProps) {
  const t = useT();
  const format = useFormat();
  const { timeZone } = usePreferences();
  const mayIssue = useCan('invoices_issue');
  const { errors } = form.formState;
  const period = form.watch('period');
  const number = (most: number) => (text: string) =>
    wholeNumber(text, most) !== undefined || t('recurring.numberWrong', { most: format.number(most) });
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <Field label={t('recurring.startOn')} error={errors.startOn?.message}>
          <Controller
            control={form.control}
            name="startOn"
            rules={{ required: t('recurring.startNeeded') }}
            render={({ field }) => (
              <DateField
                label={t('recurring.startOn')}
                value={field.value}
                onValueChange={field.onChange}
                clearable={false}
                min={today(timeZone)}
              />
            )}
          />
        </Field>
        <div className="grid grid-cols-[88px_minmax(0,1fr)] gap-2">
          <Field label={t('recurring.every')} error={errors.every?.message}>
            <Input
              inputMode="numeric"
              maxLength={3}
              autoComplete="off"
              className="num"
              {...form.register('every', { validate: number(MOST_EVERY) })}
            />
          </Field>
          <Field label={t('recurring.period')} error={errors.period?.message}>
            <Controller
              control={form.control}
              name="period"
              render={({ field }) => (
                <Select
                  value={field.value}
                  onValueChange={field.onChange}
                  options={schedulePeriodValues.map((value) => ({
                    value,
                    label: t(`recurring.period.${value}`),
                  }))}
                />
              )}
            />
          </Field>
        </div>
      </div>
      {(period === 'month' || period === 'year') && (
        <Field
          label={t('recurring.calendar')}
          hint={t('recurring.calendarHint')}
          error={errors.calendar?.message}
        >
          <Controller
            control={form.control}
            name="calendar"
            render={({ field }) => (
              <Segmented
                className="self-start"
                label={t('recurring.calendar')}
                value={field.value}
                onValueChange={field.onChange}
                options={[
                  { value: 'ad', label: t('recurring.calendar.ad') },
                  { value: 'bs', label: t('recurring.calendar.bs') },
                ]}
              />
            )}
          />
        </Field>
      )}
      <EndFields form={form} number={number(MOST_AFTER)} />
      <Controller
        control={form.control}
        name="autoIssue"
        render={({ field }) => (
          <Checkbox
            checked={field.value}
            onCheckedChange={(checked) => field.onChange(checked === true)}
            disabled={!mayIssue}
            label={t('recurring.autoIssue')}
            hint={mayIssue ? t('recurring.autoIssueHint') : t('recurring.autoIssueDenied')}
          />
        )}
      />
    </div>
  );
}

function EndFields({ form, number }: RhythmFieldsProps & { number: (text: string) => string | true }) {
  const t = useT();
  const { errors } = form.formState;
  const kind = form.watch('endKind');
  const startOn = form.watch('startOn');
  return (
    <div className="flex flex-wrap items-start gap-4">
      <Field label={t('recurring.end')}>
        <Controller
          control={form.control}
          name="endKind"
          render={({ field }) => (
            <Segmented
              className="self-start"
              label={t('recurring.end')}
              value={field.value}
              onValueChange={field.onChange}
              options={[
                { value: 'never', label: t('recurring.end.never') },
                { value: 'on', label: t('recurring.end.on') },
                { value: 'after', label: t('recurring.end.after') },
              ]}
            />
          )}
        />
      </Field>
      {kind === 'on' && (
        <Field label={t('recurring.endOn')} error={errors.endOn?.message}>
          <Controller
            control={form.control}
            name="endOn"
            rules={{ required: t('recurring.endNeeded') }}
            render={({ field }) => (
              <DateField
                label={t('recurring.endOn')}
                value={field.value}
                onValueChange={field.onChange}
                clearable={false}
                {...(startOn && { min: startOn })}
              />
            )}
          />
        </Field>
      )}
      {kind === 'after' && (
        <Field className="w-40" label={t('recurring.endAfter')} error={errors.endAfter?.message}>
          <Input
            inputMode="numeric"
            maxLength={5}
            autoComplete="off"
            className="num"
            {...form.register('endAfter', { validate: number })}
          />
        </Field>
      )}
    </div>
  );
}
