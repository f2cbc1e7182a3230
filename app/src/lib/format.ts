import { BS_MONTHS, tryToBs } from './bs-calendar';
import { type Digits, type Locale, toDigits } from './digits';
import { lakhGrouping } from './money';
import { dayIn, dayNumber, type IsoDate, weekday } from './time';

export type Calendar = 'ad' | 'bs';

export interface Preferences {
  readonly locale: Locale;
  readonly digits: Digits;
  readonly calendar: Calendar;
  readonly timeZone: string;
}

const AD_MONTHS: Record<Locale, readonly string[]> = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  ne: ['जनवरी', 'फेब्रुअरी', 'मार्च', 'अप्रिल', 'मे', 'जुन', 'जुलाई', 'अगस्ट', 'सेप्टेम्बर', 'अक्टोबर', 'नोभेम्बर', 'डिसेम्बर'],
};

export function monthNames(calendar: Calendar, locale: Locale): readonly string[] {
  return calendar === 'bs' ? BS_MONTHS[locale] : AD_MONTHS[locale];
}

/** Whole and decimal numbers in lakh grouping. */
export function formatNumber(value: number, prefs: Preferences, maxFraction = 2): string {
  const [whole = '0', rest] = Math.abs(value).toFixed(maxFraction).split('.');
  const fraction = rest?.replace(/0+$/, '');
  const text = lakhGrouping(whole) + (fraction ? `.${fraction}` : '');
  return toDigits(value < 0 && /[1-9]/.test(text) ? `-${text}` : text, prefs.digits);
}

export function formatPercent(ratio: number, prefs: Preferences): string {
  return `${formatNumber(ratio * 100, prefs, 1)}%`;
}

type DateStyle = 'short' | 'long' | 'numeric';

/** A civil day in a named calendar; outside the Bikram Sambat table the Gregorian date is shown. */
export function formatDayIn(
  calendar: Calendar,
  date: IsoDate,
  prefs: Preferences,
  style: DateStyle = 'long',
): string {
  const bs = calendar === 'bs' ? tryToBs(date) : null;
  const shown = bs ?? {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8)),
  };
  const month = monthNames(bs ? 'bs' : 'ad', prefs.locale)[shown.month - 1] ?? '';
  if (style === 'numeric') {
    const pad = (part: number) => String(part).padStart(2, '0');
    return toDigits(`${shown.year}-${pad(shown.month)}-${pad(shown.day)}`, prefs.digits);
  }
  const day = prefs.locale === 'ne' ? `${month} ${shown.day}` : `${shown.day} ${month}`;
  return toDigits(style === 'short' ? day : yearAround(day, shown.year, prefs.locale), prefs.digits);
}

function yearAround(day: string, year: number, locale: Locale): string {
  return locale === 'ne' ? `${year} ${day}` : `${day} ${year}`;
}

/** A civil day in the reader's calendar. */
export function formatDay(date: IsoDate, prefs: Preferences, style: DateStyle = 'long'): string {
  return formatDayIn(prefs.calendar, date, prefs, style);
}

/** The same day in the other calendar, for the line under a date. */
export function formatDayOther(date: IsoDate, prefs: Preferences): string {
  return formatDayIn(prefs.calendar === 'bs' ? 'ad' : 'bs', date, prefs);
}

export function formatDate(instant: Date | string, prefs: Preferences, style: DateStyle = 'long'): string {
  return formatDay(dayIn(instant, prefs.timeZone), prefs, style);
}

export function formatTime(instant: Date | string, prefs: Preferences): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    timeZone: prefs.timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant));
  return toDigits(text, prefs.digits);
}

export function formatDateTime(instant: Date | string, prefs: Preferences): string {
  return `${formatDate(instant, prefs)}, ${formatTime(instant, prefs)}`;
}

type Step = 'minute' | 'hour' | 'day';

const RELATIVE_STEPS: readonly (readonly [limit: number, unit: Step, size: number])[] = [
  [3_600, 'minute', 60],
  [86_400, 'hour', 3_600],
  [7 * 86_400, 'day', 86_400],
];

const NEPALI_STEPS: Record<Step, string> = { minute: 'मिनेट', hour: 'घण्टा', day: 'दिन' };
const NEPALI_DAYS: Partial<Record<number, string>> = { [-1]: 'हिजो', 1: 'भोलि' };

/** Our own words: most builds of Chromium come without the Nepali ones. */
function relativeNepali(value: number, unit: Step): string {
  const day = unit === 'day' ? NEPALI_DAYS[value] : undefined;
  return day ?? `${Math.abs(value)} ${NEPALI_STEPS[unit]} ${value < 0 ? 'अघि' : 'पछि'}`;
}

const WEEKDAYS: Record<Locale, readonly string[]> = {
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  ne: ['आइतबार', 'सोमबार', 'मङ्गलबार', 'बुधबार', 'बिहीबार', 'शुक्रबार', 'शनिबार'],
};

export function weekdayName(date: IsoDate, locale: Locale): string {
  return WEEKDAYS[locale][weekday(date)] ?? '';
}

/** Up to a week in words, beyond that the date. */
export function formatRelative(instant: Date | string, prefs: Preferences, now: Date = new Date()): string {
  const seconds = (new Date(instant).getTime() - now.getTime()) / 1000;
  const english = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (Math.abs(seconds) < 45) return prefs.locale === 'ne' ? 'अहिले' : english.format(0, 'second');
  for (const [limit, unit, size] of RELATIVE_STEPS) {
    if (Math.abs(seconds) >= limit) continue;
    const value = rounded(seconds / size);
    const words = prefs.locale === 'ne' ? relativeNepali(value, unit) : english.format(value, unit);
    return toDigits(words, prefs.digits);
  }
  const sameYear = dayIn(instant, prefs.timeZone).slice(0, 4) === dayIn(now, prefs.timeZone).slice(0, 4);
  return formatDate(instant, prefs, sameYear ? 'short' : 'long');
}

/** Rounds towards zero but never to it: an event 50 seconds ago is one minute old. */
function rounded(value: number): number {
  return Math.trunc(value) || Math.sign(value);
}

/** Days between today and a civil day; negative is past. */
export function daysFromToday(date: IsoDate, prefs: Preferences, now: Date = new Date()): number {
  return dayNumber(date) - dayNumber(dayIn(now, prefs.timeZone));
}

const DURATION_UNITS: Record<Locale, readonly [string, string, string]> = {
  en: ['d', 'h', 'min'],
  ne: ['दिन', 'घ', 'मि'],
};

/** Minutes as `2 h 30 min`; days have 24 hours. */
export function formatDuration(minutes: number, prefs: Preferences): string {
  const total = Math.max(0, Math.round(minutes));
  const parts = [Math.floor(total / 1440), Math.floor((total % 1440) / 60), total % 60];
  const units = DURATION_UNITS[prefs.locale];
  const text = parts
    .map((part, index) => (part === 0 ? '' : `${part} ${units[index] ?? ''}`))
    .filter(Boolean)
    .slice(0, 2)
    .join(' ');
  return toDigits(text || `0 ${units[2]}`, prefs.digits);
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal sizes, as disks are sold: 1 kB is 1000 bytes. */
export function formatBytes(bytes: number, prefs: Preferences): string {
  let value = Math.max(0, bytes);
  let step = 0;
  while (value >= 999.5 && step < SIZES.length - 1) {
    value /= 1000;
    step += 1;
  }
  return `${formatNumber(value, prefs, step === 0 || value >= 100 ? 0 : 1)} ${SIZES[step] ?? 'B'}`;
}
