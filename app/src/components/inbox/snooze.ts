import { addDays, type IsoDate, startOfDay, today, weekday } from '@/lib/time';

const MORNING_HOUR = 9;
const HOUR_MS = 3_600_000;

const morning = (day: IsoDate, timeZone: string) =>
  new Date(startOfDay(day, timeZone).getTime() + MORNING_HOUR * HOUR_MS).toISOString();

/** In three hours, tomorrow at nine, and Sunday at nine: the week begins on Sunday. */
export function snoozeTimes(timeZone: string, now: Date = new Date()) {
  const day = today(timeZone, now);
  return {
    later: new Date(now.getTime() + 3 * HOUR_MS).toISOString(),
    tomorrow: morning(addDays(day, 1), timeZone),
    nextWeek: morning(addDays(day, 7 - weekday(day)), timeZone),
  };
}
