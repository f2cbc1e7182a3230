import table from './bs-table.json';
import { dayFromNumber, dayNumber, type IsoDate } from './time';

export interface BsDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export interface FiscalYear {
  /** `2083/84` */
  readonly label: string;
  readonly startYear: number;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** The table does not cover this date; show the Gregorian date instead. */
export class BsRangeError extends RangeError {}

const months = new Map(Object.entries(table.monthLengths).map(([year, lengths]) => [Number(year), lengths]));
const FIRST_DAY = dayNumber(table.firstDay);

/** Day number of 1 Baisakh for each year, and of the day after the table's end. */
const yearStarts: number[] = [FIRST_DAY];
for (let year = table.firstYear; months.has(year); year += 1) {
  const start = yearStarts[year - table.firstYear] ?? FIRST_DAY;
  yearStarts.push(start + (months.get(year) ?? []).reduce((sum, length) => sum + length, 0));
}

export const BS_FIRST_YEAR = table.firstYear;
export const BS_LAST_YEAR = table.firstYear + yearStarts.length - 2;
/** Years after this one are projected, their calendar is not published yet. */
export const BS_SETTLED_THROUGH = table.settledThrough;
export const BS_FIRST_DAY: IsoDate = table.firstDay;
export const BS_LAST_DAY: IsoDate = dayFromNumber((yearStarts.at(-1) ?? FIRST_DAY) - 1);

export const BS_MONTHS = {
  en: [
    'Baisakh',
    'Jestha',
    'Ashadh',
    'Shrawan',
    'Bhadra',
    'Ashwin',
    'Kartik',
    'Mangsir',
    'Poush',
    'Magh',
    'Falgun',
    'Chaitra',
  ],
  ne: ['बैशाख', 'जेठ', 'असार', 'साउन', 'भदौ', 'असोज', 'कात्तिक', 'मंसिर', 'पुस', 'माघ', 'फागुन', 'चैत'],
} as const;

export function daysInBsMonth(year: number, month: number): number {
  const length = months.get(year)?.[month - 1];
  if (length === undefined) throw new BsRangeError(`no calendar for ${year}-${month} BS`);
  return length;
}

export function toBs(date: IsoDate): BsDate {
  const day = dayNumber(date);
  const next = yearStarts.findIndex((start) => start > day);
  const start = yearStarts[next - 1];
  if (start === undefined) throw new BsRangeError(`${date} is outside ${BS_FIRST_DAY}..${BS_LAST_DAY}`);
  const year = table.firstYear + next - 1;
  let rest = day - start;
  let month = 1;
  while (rest >= daysInBsMonth(year, month)) {
    rest -= daysInBsMonth(year, month);
    month += 1;
  }
  return { year, month, day: rest + 1 };
}

/** Like `toBs`, `null` outside the table. */
export function tryToBs(date: IsoDate): BsDate | null {
  return date >= BS_FIRST_DAY && date <= BS_LAST_DAY ? toBs(date) : null;
}

export function fromBs({ year, month, day }: BsDate): IsoDate {
  const start = yearStarts[year - table.firstYear];
  if (start === undefined || day < 1 || day > daysInBsMonth(year, month)) {
    throw new BsRangeError(`no such day: ${year}-${month}-${day} BS`);
  }
  let days = start + day - 1;
  for (let before = 1; before < month; before += 1) days += daysInBsMonth(year, before);
  return dayFromNumber(days);
}

/** Same day of another month, or that month's last day. Throws when it leaves the table. */
export function addBsMonths(date: BsDate, count: number): BsDate {
  const index = date.year * 12 + date.month - 1 + count;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  return { year, month, day: Math.min(date.day, daysInBsMonth(year, month)) };
}

export function bsIso({ year, month, day }: BsDate): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Reads `2083-08-07`, also with slashes or one-digit parts; `null` when it is no day of the table. */
export function parseBs(text: string): BsDate | null {
  const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text.trim());
  if (!match) return null;
  const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  const length = months.get(date.year)?.[date.month - 1];
  return length !== undefined && date.day >= 1 && date.day <= length ? date : null;
}

const SHRAWAN = 4;
const ASHADH = 3;

/** The fiscal year that starts on 1 Shrawan of this BS year and ends with Ashadh of the next. */
export function fiscalYear(startYear: number): FiscalYear {
  const from = fromBs({ year: startYear, month: SHRAWAN, day: 1 });
  const to = fromBs({ year: startYear + 1, month: ASHADH, day: daysInBsMonth(startYear + 1, ASHADH) });
  return { label: `${startYear}/${String((startYear + 1) % 100).padStart(2, '0')}`, startYear, from, to };
}

export function fiscalYearOf(date: IsoDate): FiscalYear {
  const bs = toBs(date);
  return fiscalYear(bs.month >= SHRAWAN ? bs.year : bs.year - 1);
}
