// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a table of days is walked with the arrows, which makes it a grid
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: cells of a grid can be selected
import { clsx } from 'clsx';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useT } from '@/i18n/i18n';
import { toDigits } from '@/lib/digits';
import { formatDay, monthNames } from '@/lib/format';
import { addDays, type IsoDate, today, weekday } from '@/lib/time';
import { type CalendarMonth, monthAround, shiftMonth } from './calendar-month';
import { IconButton } from './icon-button';
import { usePreferences } from './preferences';

const WEEKDAYS = {
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  ne: ['आइतबार', 'सोमबार', 'मङ्गलबार', 'बुधबार', 'बिहीबार', 'शुक्रबार', 'शनिबार'],
};
const SHORT = {
  en: ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'],
  ne: ['आ', 'सो', 'म', 'बु', 'बि', 'शु', 'श'],
};

export interface CalendarProps {
  value: IsoDate | null;
  onPick: (date: IsoDate) => void;
  min?: IsoDate;
  max?: IsoDate;
  autoFocus?: boolean;
}

function weeks(month: CalendarMonth): (IsoDate | null)[][] {
  const [first] = month.days;
  const cells: (IsoDate | null)[] = [...Array<null>(first ? weekday(first) : 0).fill(null), ...month.days];
  const rows = Math.ceil(cells.length / 7);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: 7 }, (__, column) => cells[row * 7 + column] ?? null),
  );
}

/** One month in the reader's calendar. Arrows move by day and week, Page Up and Down by month. */
export function Calendar({ value, onPick, min, max, autoFocus = false }: CalendarProps) {
  const t = useT();
  const prefs = usePreferences();
  const now = today(prefs.timeZone);
  const [focused, setFocused] = useState(value ?? now);
  const moved = useRef(autoFocus);
  const grid = useRef<HTMLTableElement>(null);
  const month = monthAround(prefs.calendar, focused);
  const allowed = (date: IsoDate) => (!min || date >= min) && (!max || date <= max);

  useEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>(`[data-date="${focused}"]`)?.focus();
  }, [focused]);

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, IsoDate> = {
      ArrowLeft: addDays(focused, -1),
      ArrowRight: addDays(focused, 1),
      ArrowUp: addDays(focused, -7),
      ArrowDown: addDays(focused, 7),
      PageUp: shiftMonth(prefs.calendar, focused, -1),
      PageDown: shiftMonth(prefs.calendar, focused, 1),
      Home: addDays(focused, -weekday(focused)),
      End: addDays(focused, 6 - weekday(focused)),
    };
    const next = moves[event.key];
    if (!next) return;
    event.preventDefault();
    moved.current = true;
    setFocused(next);
  };
  const page = (count: number) => {
    moved.current = false;
    setFocused(shiftMonth(prefs.calendar, focused, count));
  };
  const title = `${monthNames(month.calendar, prefs.locale)[month.month - 1]} ${toDigits(String(month.year), prefs.digits)}`;

  return (
    <div className="w-64">
      <div className="flex items-center justify-between pb-2">
        <IconButton
          size="sm"
          tooltip={false}
          label={t('patterns.monthBefore')}
          icon={<ChevronLeft />}
          onClick={() => page(-1)}
        />
        <span aria-live="polite" className="font-medium text-dense">
          {title}
        </span>
        <IconButton
          size="sm"
          tooltip={false}
          label={t('patterns.monthAfter')}
          icon={<ChevronRight />}
          onClick={() => page(1)}
        />
      </div>
      <table ref={grid} role="grid" aria-label={title} onKeyDown={onKeyDown} className="w-full table-fixed">
        <thead>
          <tr>
            {WEEKDAYS[prefs.locale].map((name, index) => (
              <th key={name} scope="col" abbr={name} className="h-7 font-normal text-meta text-muted">
                {SHORT[prefs.locale][index]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks(month).map((week, row) => (
            <tr key={week.find(Boolean) ?? row}>
              {week.map((date, column) => (
                <td
                  key={date ?? `blank-${column}`}
                  aria-selected={date !== null && date === value}
                  className="p-0 text-center"
                >
                  {date && (
                    <button
                      type="button"
                      data-date={date}
                      tabIndex={date === focused ? 0 : -1}
                      disabled={!allowed(date)}
                      aria-label={formatDay(date, prefs)}
                      aria-current={date === now ? 'date' : undefined}
                      onClick={() => onPick(date)}
                      className={clsx(
                        'focus-inset num h-8 w-full rounded-chip text-dense disabled:opacity-40',
                        date === value ? 'bg-accent text-on-fill' : 'not-disabled:hover:bg-hover',
                        date === now && date !== value && 'font-semibold text-accent-text',
                      )}
                    >
                      {toDigits(String(month.days.indexOf(date) + 1), prefs.digits)}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
