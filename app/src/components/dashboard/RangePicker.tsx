import { CalendarRange } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { DateField } from '@/components/ui/date-field';
import { Popover } from '@/components/ui/popover';
import { useFormat } from '@/components/ui/preferences';
import { RadioGroup } from '@/components/ui/radio';
import { useT } from '@/i18n/i18n';
import { addDays, type IsoDate } from '@/lib/time';
import {
  type FiscalStart,
  fiscalYearAround,
  type Preset,
  presets,
  type Range,
  type RangeSearch,
} from './range';

export interface RangePickerProps {
  search: RangeSearch;
  range: Range;
  today: IsoDate;
  fiscal: FiscalStart | undefined;
  onChange: (search: RangeSearch) => void;
}

function useNames({ today, fiscal }: Pick<RangePickerProps, 'today' | 'fiscal'>): Record<Preset, string> {
  const t = useT();
  const format = useFormat();
  const year = fiscalYearAround(today, fiscal);
  const last = fiscalYearAround(addDays(year.from, -1), fiscal);
  const written = (label: string) =>
    label
      .split('/')
      .map((part) => format.number(Number(part)).replaceAll(',', ''))
      .join('/');
  return {
    '7d': t('dashboard.days', { days: format.number(7) }),
    '30d': t('dashboard.days', { days: format.number(30) }),
    '90d': t('dashboard.days', { days: format.number(90) }),
    fy: t('dashboard.fiscalYear', { year: written(year.label) }),
    lastFy: t('dashboard.fiscalYear', { year: written(last.label) }),
    custom: t('dashboard.custom'),
  };
}

/** Which days the numbers and the chart are about. */
export function RangePicker(props: RangePickerProps) {
  const t = useT();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { search, range, today, onChange } = props;
  const names = useNames(props);
  const preset = search.range ?? 'fy';
  const pick = (next: Preset) => {
    if (next === 'custom') return onChange({ range: 'custom', ...range });
    onChange(next === 'fy' ? {} : { range: next });
    setOpen(false);
  };
  const between = `${format.day(range.from, 'short')} – ${format.day(range.to)}`;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={t('dashboard.range')}
      trigger={
        <Button icon={<CalendarRange />} aria-label={t('dashboard.rangeIs', { range: names[preset] })}>
          {preset === 'custom' ? between : names[preset]}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <RadioGroup
          label={t('dashboard.range')}
          value={preset}
          onValueChange={pick}
          options={presets.map((value) => ({ value, label: names[value] }))}
        />
        {preset === 'custom' ? (
          <div className="grid grid-cols-2 gap-3 border-line border-t pt-3">
            <DateField
              label={t('dashboard.from')}
              value={range.from}
              max={range.to}
              clearable={false}
              onValueChange={(from) => from && onChange({ range: 'custom', from, to: range.to })}
            />
            <DateField
              label={t('dashboard.to')}
              value={range.to}
              min={range.from}
              max={today}
              clearable={false}
              onValueChange={(to) => to && onChange({ range: 'custom', from: range.from, to })}
            />
          </div>
        ) : (
          <p className="num border-line border-t pt-3 text-meta text-muted">{between}</p>
        )}
      </div>
    </Popover>
  );
}
