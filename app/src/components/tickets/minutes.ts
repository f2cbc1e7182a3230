import { toLatinDigits } from '@/lib/digits';

const HOURS_AND_MINUTES =
  /^(?:(\d+(?:[.,]\d+)?)\s*(?:h|hr|hrs|hours?|घ|घण्टा))?\s*(?:(\d+)\s*(?:m|min|mins|minutes?|मि|मिनेट)?)?$/i;
const CLOCK = /^(\d+):([0-5]\d)$/;

/** `1h 30m`, `1:30`, `1.5h` or `90` as minutes; undefined if it is none of these. */
export function parseMinutes(typed: string): number | undefined {
  const text = toLatinDigits(typed).trim();
  if (text === '') return undefined;
  const clock = CLOCK.exec(text);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const match = HOURS_AND_MINUTES.exec(text);
  if (!match) return undefined;
  const [, hours, minutes] = match;
  return Math.round(Number((hours ?? '0').replace(',', '.')) * 60) + Number(minutes ?? 0);
}

/** The way a person writes it, so that what is there can be edited: `1h 30m`. */
export function writeMinutes(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? `${hours}h` : '', rest > 0 || hours === 0 ? `${rest}m` : ''].filter(Boolean).join(' ');
}
