/** A civil day without a clock, `YYYY-MM-DD` in the Gregorian calendar. */
export type IsoDate = string;

export const KATHMANDU = 'Asia/Kathmandu';

const DAY_MS = 86_400_000;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days since 1970-01-01. Throws on text that is not a real day, such as 2026-02-30. */
export function dayNumber(date: IsoDate): number {
  const match = ISO_DATE.exec(date);
  const ms = match ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date) {
    throw new RangeError(`not a calendar day: ${date}`);
  }
  return ms / DAY_MS;
}

export function isIsoDate(text: string): boolean {
  try {
    dayNumber(text);
    return true;
  } catch {
    return false;
  }
}

export function dayFromNumber(days: number): IsoDate {
  return new Date(days * DAY_MS).toISOString().slice(0, 10);
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return dayFromNumber(dayNumber(date) + days);
}

/** Same day of another month, or that month's last day. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  dayNumber(date);
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  const day = Math.min(Number(date.slice(8)), daysInMonth(year, month));
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** 0 is Sunday. */
export function weekday(date: IsoDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7;
}

const partFormats = new Map<string, Intl.DateTimeFormat>();

function partFormat(timeZone: string): Intl.DateTimeFormat {
  const known = partFormats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  partFormats.set(timeZone, made);
  return made;
}

/** The wall clock of a zone as if it were UTC, in milliseconds. */
function wallClock(instant: Date, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of partFormat(timeZone).formatToParts(instant)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The civil day an instant falls on in a zone. */
export function dayIn(instant: Date | string, timeZone: string): IsoDate {
  return new Date(wallClock(new Date(instant), timeZone)).toISOString().slice(0, 10);
}

/** The instant at which the clocks of a zone show this time, `HH:MM`, of a civil day. */
export function atClock(date: IsoDate, time: string, timeZone: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const wanted = dayNumber(date) * DAY_MS + (hours * 60 + minutes) * 60_000;
  // Two rounds settle zones whose offset changes between the guess and the answer.
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) {
    guess = wanted - (wallClock(new Date(guess), timeZone) - guess);
  }
  return new Date(guess);
}

/** What the clocks of a zone show at an instant: `HH:MM`. */
export function clockIn(instant: Date | string, timeZone: string): string {
  return new Date(wallClock(new Date(instant), timeZone)).toISOString().slice(11, 16);
}

/** The instant a civil day starts in a zone: 18:15 UTC of the day before in Kathmandu. */
export function startOfDay(date: IsoDate, timeZone: string): Date {
  return atClock(date, '00:00', timeZone);
}

/** First and last instant of a civil day, for filters that take instants. */
export function dayBounds(date: IsoDate, timeZone: string): { from: Date; to: Date } {
  return {
    from: startOfDay(date, timeZone),
    to: new Date(startOfDay(addDays(date, 1), timeZone).getTime() - 1),
  };
}

export function today(timeZone: string, now: Date = new Date()): IsoDate {
  return dayIn(now, timeZone);
}
