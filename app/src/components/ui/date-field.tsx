import { CalendarDays } from 'lucide-react';
import { useState } from 'react';
import { useT } from '@/i18n/i18n';
import { formatDay, formatDayOther } from '@/lib/format';
import type { IsoDate } from '@/lib/time';
import { Button } from './button';
import { Calendar } from './calendar';
import { parseTyped } from './calendar-month';
import { IconButton } from './icon-button';
import { Input } from './input';
import { Popover } from './popover';
import { usePreferences } from './preferences';

export interface DateFieldProps {
  /** A civil day, always Gregorian on the wire; shown and typed in the reader's calendar. */
  value: IsoDate | null;
  onValueChange: (value: IsoDate | null) => void;
  /** Needed outside of a `Field`; names the calendar too. */
  label: string;
  min?: IsoDate;
  max?: IsoDate;
  clearable?: boolean;
  disabled?: boolean;
  required?: boolean;
}

export function DateField(props: DateFieldProps) {
  const t = useT();
  const prefs = usePreferences();
  const { value, onValueChange, label, min, max, clearable = true, disabled = false } = props;
  const [open, setOpen] = useState(false);
  const shown = value ? formatDay(value, prefs, 'numeric') : '';
  const [draft, setDraft] = useState<string | null>(null);
  const typed = draft === null ? null : parseTyped(prefs.calendar, draft);
  const inRange = (date: IsoDate) => (!min || date >= min) && (!max || date <= max);
  const wrong = draft !== null && draft.trim() !== '' && !(typed && inRange(typed));

  const commit = () => {
    if (draft === null) return;
    if (draft.trim() === '' && clearable) onValueChange(null);
    if (typed && inRange(typed)) onValueChange(typed);
    if (!wrong) setDraft(null);
  };
  const pick = (date: IsoDate | null) => {
    setDraft(null);
    setOpen(false);
    onValueChange(date);
  };
  const calendarButton = (
    <IconButton
      size="sm"
      tooltip={false}
      disabled={disabled}
      label={t('patterns.openCalendar', { name: label })}
      icon={<CalendarDays />}
    />
  );
  return (
    <div className="min-w-0">
      <Input
        value={draft ?? shown}
        disabled={disabled}
        required={props.required ?? false}
        inputMode="text"
        autoComplete="off"
        placeholder={prefs.calendar === 'bs' ? t('patterns.dateFormatBs') : t('patterns.dateFormatAd')}
        aria-invalid={wrong || undefined}
        aria-label={label}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape' && draft !== null) setDraft(null);
        }}
        className="num"
        end={
          <Popover
            open={open}
            onOpenChange={setOpen}
            align="end"
            label={t('patterns.openCalendar', { name: label })}
            trigger={calendarButton}
            className="p-3"
            onOpenAutoFocus={(event) => event.preventDefault()}
          >
            <Calendar
              value={value}
              onPick={pick}
              autoFocus
              {...(min ? { min } : {})}
              {...(max ? { max } : {})}
            />
            {clearable && value && (
              <div className="flex justify-end mt-2 border-line border-t pt-2">
                <Button size="sm" variant="ghost" onClick={() => pick(null)}>
                  {t('patterns.clear')}
                </Button>
              </div>
            )}
          </Popover>
        }
      />
      {wrong ? (
        <p role="alert" className="mt-1 text-danger text-meta">
          {t('patterns.dateWrong')}
        </p>
      ) : (
        value && <p className="num mt-1 text-meta text-muted">{formatDayOther(value, prefs)}</p>
      )}
    </div>
  );
}
