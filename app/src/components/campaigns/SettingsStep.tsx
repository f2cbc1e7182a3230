import type { UseFormReturn } from 'react-hook-form';
import { DateField } from '@/components/ui/date-field';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { usePreferences } from '@/components/ui/preferences';
import { RadioGroup } from '@/components/ui/radio';
import { useT } from '@/i18n/i18n';
import { addDays, atClock, clockIn, dayIn, type IsoDate, today } from '@/lib/time';
import type { CampaignValues } from './draft-model';
import { isPast } from './faults';

export interface SettingsStepProps {
  form: UseFormReturn<CampaignValues>;
  /** The instant it is to be sent at; without one, when somebody says so. */
  at: string | undefined;
  onAt: (at: string | undefined) => void;
}

/** What it is called, and when it leaves. */
export function SettingsStep({ form, at, onAt }: SettingsStepProps) {
  const t = useT();
  const { timeZone } = usePreferences();
  const { errors } = form.formState;
  const nameless = form.watch('name').trim() === '';
  const tomorrow = () => atClock(addDays(today(timeZone), 1), '09:00', timeZone).toISOString();
  return (
    <div className="flex max-w-150 flex-col gap-5">
      <Field
        label={t('campaigns.name')}
        hint={t('campaigns.nameHint')}
        error={nameless ? t('campaigns.nameNeeded') : errors.name?.message}
      >
        <Input autoComplete="off" maxLength={120} {...form.register('name')} />
      </Field>
      <Field label={t('campaigns.when')}>
        <RadioGroup
          value={at ? 'later' : 'now'}
          onValueChange={(when) => onAt(when === 'later' ? tomorrow() : undefined)}
          options={[
            { value: 'now', label: t('campaigns.whenNow'), hint: t('campaigns.whenNowHint') },
            { value: 'later', label: t('campaigns.whenLater'), hint: t('campaigns.whenLaterHint') },
          ]}
        />
      </Field>
      {at && <TimeFields at={at} onAt={onAt} />}
    </div>
  );
}

function TimeFields({ at, onAt }: { at: string; onAt: (at: string) => void }) {
  const t = useT();
  const { timeZone } = usePreferences();
  const [day, time] = [dayIn(at, timeZone), clockIn(at, timeZone)];
  const set = (nextDay: IsoDate, nextTime: string) =>
    onAt(atClock(nextDay, nextTime, timeZone).toISOString());
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('campaigns.day')}>
        <DateField
          label={t('campaigns.day')}
          value={day}
          clearable={false}
          min={today(timeZone)}
          onValueChange={(next) => next && set(next, time)}
        />
      </Field>
      <Field
        label={t('campaigns.time')}
        hint={t('campaigns.timeZone', { zone: timeZone })}
        error={isPast(at) ? t('campaigns.timePast') : undefined}
      >
        <Input
          type="time"
          className="num"
          value={time}
          onChange={({ currentTarget }) => currentTarget.value && set(day, currentTarget.value)}
        />
      </Field>
    </div>
  );
}
