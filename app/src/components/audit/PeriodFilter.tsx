import { CalendarDays } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { DateField } from '@/components/ui/date-field';
import { Field } from '@/components/ui/field';
import { Popover } from '@/components/ui/popover';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { addDays, type IsoDate, today } from '@/lib/time';

export interface Period {
  from?: IsoDate | undefined;
  to?: IsoDate | undefined;
}

/** From one day to another, both included; the usual ones by one click. */
export function PeriodFilter({ from, to, onChange }: Period & { onChange: (period: Period) => void }) {
  const t = useT();
  const format = useFormat();
  const { timeZone } = usePreferences();
  const now = today(timeZone);
  const presets = [
    { label: t('audit.today'), from: now },
    { label: t('audit.lastDays', { days: format.number(7) }), from: addDays(now, -6) },
    { label: t('audit.lastDays', { days: format.number(30) }), from: addDays(now, -29) },
  ];
  const shown = [from, to].map((day) => (day ? format.day(day) : '…')).join(' – ');
  return (
    <Popover
      label={t('audit.period')}
      className="w-72 p-3"
      trigger={
        <Button variant={from || to ? 'secondary' : 'ghost'} icon={<CalendarDays />}>
          {from || to ? <span className="num">{shown}</span> : t('audit.period')}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap gap-1">
          {presets.map((preset) => (
            <Button key={preset.label} size="sm" onClick={() => onChange({ from: preset.from })}>
              {preset.label}
            </Button>
          ))}
        </div>
        <Field label={t('audit.from')}>
          <DateField
            label={t('audit.from')}
            value={from ?? null}
            max={to ?? now}
            onValueChange={(day) => onChange({ from: day ?? undefined, to })}
          />
        </Field>
        <Field label={t('audit.to')}>
          <DateField
            label={t('audit.to')}
            value={to ?? null}
            max={now}
            {...(from ? { min: from } : {})}
            onValueChange={(day) => onChange({ from, to: day ?? undefined })}
          />
        </Field>
      </div>
    </Popover>
  );
}
