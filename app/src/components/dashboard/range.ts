import type { Settings } from '@/api/schema';
import { addBsMonths, bsIso, daysInBsMonth, fiscalYearOf, fromBs, toBs, tryToBs } from '@/lib/bs-calendar';
import { addDays, addMonths, dayNumber, type IsoDate, isIsoDate } from '@/lib/time';

export const presets = ['7d', '30d', '90d', 'fy', 'lastFy', 'custom'] as const;
export type Preset = (typeof presets)[number];

export interface Range {
  from: IsoDate;
  to: IsoDate;
}

/** What stands in the address. */
export interface RangeSearch {
  range?: Preset;
  from?: IsoDate;
  to?: IsoDate;
}

/** The server counts at most so many days at a time. */
export const MOST_DAYS = 366;

export type FiscalStart = Pick<Settings, 'calendar' | 'fiscalYearStartMonth'>;

const NEPAL: FiscalStart = { calendar: 'bs', fiscalYearStartMonth: 4 };

export const daysOf = ({ from, to }: Range): number => dayNumber(to) - dayNumber(from) + 1;

/** The fiscal year that a day is in, by the organization's settings. */
export function fiscalYearAround(day: IsoDate, start: FiscalStart = NEPAL): Range & { label: string } {
  if (start.calendar === 'bs' && start.fiscalYearStartMonth === 4) return fiscalYearOf(day);
  const month = start.fiscalYearStartMonth;
  if (start.calendar === 'bs') {
    const bs = toBs(day);
    const year = bs.month >= month ? bs.year : bs.year - 1;
    const from = { year, month, day: 1 };
    return { from: fromBs(from), to: addDays(fromBs(addBsMonths(from, 12)), -1), label: label(year, month) };
  }
  const year = Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) >= month ? 0 : 1);
  const from = `${year}-${String(month).padStart(2, '0')}-01`;
  return { from, to: addDays(addMonths(from, 12), -1), label: label(year, month) };
}

const label = (year: number, month: number) =>
  month === 1 ? String(year) : `${year}/${String((year + 1) % 100).padStart(2, '0')}`;

/** The days that a choice means today. Never beyond today: of tomorrow there is nothing to count. */
export function rangeOf(search: RangeSearch, today: IsoDate, start?: FiscalStart): Range {
  const { range = 'fy', from, to } = search;
  if (range === 'custom' && from && to) return bounded(from, to, today);
  const year = fiscalYearAround(today, start);
  if (range === 'lastFy') {
    const { from: first, to: last } = fiscalYearAround(addDays(year.from, -1), start);
    return { from: first, to: last };
  }
  const days = { '7d': 7, '30d': 30, '90d': 90, fy: 0, custom: 0 }[range];
  return days > 0 ? { from: addDays(today, 1 - days), to: today } : { from: year.from, to: today };
}

function bounded(from: IsoDate, to: IsoDate, today: IsoDate): Range {
  const last = to > today ? today : to;
  const first = from > last ? last : from;
  const tooLong = daysOf({ from: first, to: last }) > MOST_DAYS;
  return { from: tooLong ? addDays(last, 1 - MOST_DAYS) : first, to: last };
}

/** As many days right before. */
export function before(range: Range): Range {
  return { from: addDays(range.from, -daysOf(range)), to: addDays(range.from, -1) };
}

/** Reads the address; what makes no sense is left out. */
export function readRange(search: { range?: unknown; from?: unknown; to?: unknown }): RangeSearch {
  const range = presets.find((preset) => preset === search.range);
  const day = (value: unknown) => (typeof value === 'string' && isIsoDate(value) ? value : undefined);
  const [from, to] = [day(search.from), day(search.to)];
  if (range !== 'custom') return range ? { range } : {};
  return from && to ? { range, from, to } : {};
}

export interface Bucket {
  /** The first day. */
  from: IsoDate;
  /** The last day. */
  to: IsoDate;
}

export type Step = 'day' | 'week' | 'month';

export function stepOf(range: Range): Step {
  const days = daysOf(range);
  return days <= 31 ? 'day' : days <= 120 ? 'week' : 'month';
}

/** Parts a range: by days, by weeks that end with the range, or by the months of the reader's calendar. */
export function bucketsOf(range: Range, calendar: 'ad' | 'bs'): Bucket[] {
  const step = stepOf(range);
  const buckets: Bucket[] = [];
  for (let from = range.from; from <= range.to; ) {
    const to = lastOf(from, step, calendar);
    buckets.push({ from, to });
    from = addDays(to, 1);
  }
  const last = buckets.at(-1);
  if (last) last.to = range.to;
  return buckets;
}

function lastOf(from: IsoDate, step: Step, calendar: 'ad' | 'bs'): IsoDate {
  if (step === 'day') return from;
  if (step === 'week') return addDays(from, 6);
  const bs = calendar === 'bs' ? tryToBs(from) : null;
  if (bs) return fromBs({ ...bs, day: daysInBsMonth(bs.year, bs.month) });
  return addDays(addMonths(`${from.slice(0, 7)}-01`, 1), -1);
}

/** The month of a day as a key of the reader's calendar: `2083-08`. */
export function monthOf(day: IsoDate, calendar: 'ad' | 'bs'): { year: number; month: number } {
  const bs = calendar === 'bs' ? tryToBs(day) : null;
  const text = bs ? bsIso(bs) : day;
  return { year: Number(text.slice(0, 4)), month: Number(text.slice(5, 7)) };
}
