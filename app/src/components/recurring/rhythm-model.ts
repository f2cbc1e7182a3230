import type { Calendar, InvoiceSchedule, ScheduleEnd, SchedulePeriod } from '@/api/schema';
import type { Body } from '@/api/types';
import type { IsoDate } from '@/lib/time';

export type EndKind = 'never' | 'on' | 'after';

/** The days of a schedule, and what becomes of what it makes, as the form has them. */
export interface RhythmValues {
  startOn: IsoDate | null;
  every: string;
  period: SchedulePeriod;
  calendar: Calendar;
  endKind: EndKind;
  endOn: IsoDate | null;
  endAfter: string;
  autoIssue: boolean;
}

export const firstRhythm = (today: IsoDate, calendar: Calendar): RhythmValues => ({
  startOn: today,
  every: '1',
  period: 'month',
  calendar,
  endKind: 'never',
  endOn: null,
  endAfter: '12',
  autoIssue: false,
});

export function rhythmValues(schedule: InvoiceSchedule): RhythmValues {
  const { startOn, every, period, calendar, end, autoIssue } = schedule;
  return {
    startOn,
    every: String(every),
    period,
    calendar,
    endKind: end.kind,
    endOn: end.kind === 'on' ? end.on : null,
    endAfter: String(end.kind === 'after' ? end.count : 12),
    autoIssue,
  };
}

/** A whole number from 1; what is none is left to be said at its field. */
export const wholeNumber = (text: string, most: number): number | undefined => {
  const value = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  return value >= 1 && value <= most ? value : undefined;
};

export const MOST_EVERY = 365;
export const MOST_AFTER = 10_000;

function endOf({ endKind, endOn, endAfter }: RhythmValues): ScheduleEnd | undefined {
  if (endKind === 'never') return { kind: 'never' };
  if (endKind === 'on') return endOn ? { kind: 'on', on: endOn } : undefined;
  const count = wholeNumber(endAfter, MOST_AFTER);
  return count === undefined ? undefined : { kind: 'after', count };
}

/** The same as the wire wants it; `undefined` while something cannot be read. */
export function rhythmBody(values: RhythmValues): Body<'invoice_schedules_preview'> | undefined {
  const every = wholeNumber(values.every, MOST_EVERY);
  const end = endOf(values);
  if (!values.startOn || every === undefined || !end) return undefined;
  return { startOn: values.startOn, every, period: values.period, calendar: values.calendar, end };
}

/** What an update sends: the members that differ from what is stored. */
export function rhythmChange(
  schedule: InvoiceSchedule,
  values: RhythmValues,
): Body<'invoice_schedules_update'> {
  const before = rhythmBody(rhythmValues(schedule));
  const after = rhythmBody(values);
  if (!before || !after) return {};
  const change = { ...after, autoIssue: values.autoIssue };
  const was: Record<string, unknown> = { ...before, autoIssue: schedule.autoIssue };
  return Object.fromEntries(
    Object.entries(change).filter(([key, value]) => JSON.stringify(was[key]) !== JSON.stringify(value)),
  );
}
