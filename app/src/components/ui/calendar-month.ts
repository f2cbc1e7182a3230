import { addBsMonths, BsRangeError, daysInBsMonth, fromBs, parseBs, toBs, tryToBs } from '@/lib/bs-calendar';
import { toLatinDigits } from '@/lib/digits';
import type { Calendar } from '@/lib/format';
import { addDays, addMonths, daysInMonth, type IsoDate, isIsoDate } from '@/lib/time';

export interface CalendarMonth {
  /** The calendar really used: Gregorian where the Bikram Sambat table ends. */
  calendar: Calendar;
  year: number;
  month: number;
  days: readonly IsoDate[];
}

export function monthAround(calendar: Calendar, date: IsoDate): CalendarMonth {
  const bs = calendar === 'bs' ? tryToBs(date) : null;
  const year = bs?.year ?? Number(date.slice(0, 4));
  const month = bs?.month ?? Number(date.slice(5, 7));
  const first = bs ? fromBs({ ...bs, day: 1 }) : `${date.slice(0, 7)}-01`;
  const length = bs ? daysInBsMonth(year, month) : daysInMonth(year, month);
  const days = Array.from({ length }, (_, day) => addDays(first, day));
  return { calendar: bs ? 'bs' : 'ad', year, month, days };
}

/** The same day some months away, in the calendar shown. Stays where it is at the end of the table. */
export function shiftMonth(calendar: Calendar, date: IsoDate, count: number): IsoDate {
  if (calendar === 'ad' || !tryToBs(date)) return addMonths(date, count);
  try {
    return fromBs(addBsMonths(toBs(date), count));
  } catch (error) {
    if (error instanceof BsRangeError) return date;
    throw error;
  }
}

/** Reads what a person typed in either script, `2083-8-7` or `2083/08/07`; `null` when it is no day. */
export function parseTyped(calendar: Calendar, text: string): IsoDate | null {
  const plain = toLatinDigits(text).trim();
  if (calendar === 'bs') {
    const bs = parseBs(plain);
    return bs && fromBs(bs);
  }
  const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain);
  if (!match) return null;
  const [, year = '', month = '', day = ''] = match;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isIsoDate(iso) ? iso : null;
}
