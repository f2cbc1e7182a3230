import { CalendarDays } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { DateField } from '@/components/ui/date-field';
import { Field } from '@/components/ui/field';
import { Popover } from '@/components/ui/popover';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { BS_LAST_YEAR, fiscalYear, fiscalYearOf } from '@/lib/bs-calendar';
import { toDigits } from '@/lib/digits';
import { addDays, type IsoDate, today } from '@/lib/time';

export interface Period {
  from?: IsoDate | undefined;
  to?: IsoDate | undefined;
}

export interface PeriodFilterProps extends Period {
  label: string;
  onChange: (period: Period) => void;
}

/** From one day to another, both included; fiscal years by one click. */
export function PeriodFilter({ label, from, to, onChange }: PeriodFilterProps) {
  const t = useT();
  const format = useFormat();
  const { timeZone, digits } = usePreferences();
  const now = today(timeZone);
  const year = fiscalYearOf(now);
  const years = [year.startYear, year.startYear - 1].filter((one) => one < BS_LAST_YEAR).map(fiscalYear);
  const presets: (Required<Pick<Period, 'from'>> & Period & { label: string })[] = [
    { label: t('invoices.lastDays', { shown: format.number(30) }), from: addDays(now, -29), to: now },
    ...years.map((one) => ({
      label: t('invoices.fiscalYear', { year: toDigits(one.label, digits) }),
      from: one.from,
      to: one.to,
    })),
  ];
  const shown = [from, to].map((day) => (day ? format.day(day) : '…')).join(' – ');
  return (
    <Popover
      label={label}
      className="w-72 p-3"
      trigger={
        <Button variant={from || to ? 'secondary' : 'ghost'} icon={<CalendarDays />}>
          {from || to ? <span className="num">{shown}</span> : label}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap gap-1">
          {presets.map((preset) => (
            <Button
              key={preset.label}
              size="sm"
              onClick={() => onChange({ from: preset.from, to: preset.to })}
            >
              {preset.label}
            </Button>
          ))}
          {(from || to) && (
            <Button size="sm" variant="ghost" onClick={() => onChange({})}>
              {t('patterns.clear')}
            </Button>
          )}
        </div>
        <Field label={t('invoices.from')}>
          <DateField
            label={t('invoices.from')}
            value={from ?? null}
            onValueChange={(day) => onChange({ from: day ?? undefined, to })}
            {...(to ? { max: to } : {})}
          />
        </Field>
        <Field label={t('invoices.to')}>
          <DateField
            label={t('invoices.to')}
            value={to ?? null}
            onValueChange={(day) => onChange({ from, to: day ?? undefined })}
            {...(from ? { min: from } : {})}
          />
        </Field>
      </div>
    </Popover>
  );
}
