import { describe, expect, it } from 'vitest';
import { toCsv } from './csv';
import { toDigits, toLatinDigits } from './digits';
import {
  formatBytes,
  formatDate,
  formatDay,
  formatDayOther,
  formatDuration,
  formatNumber,
  formatPercent,
  formatRelative,
  formatTime,
  type Preferences,
  weekdayName,
} from './format';
import { formatAmount, formatMoney, lakhGrouping } from './money';
import { addMonths, dayBounds, dayIn, isIsoDate, KATHMANDU, startOfDay, weekday } from './time';

const en: Preferences = { locale: 'en', digits: 'latin', calendar: 'ad', timeZone: KATHMANDU };
const ne: Preferences = { locale: 'ne', digits: 'devanagari', calendar: 'bs', timeZone: KATHMANDU };

describe('numbers', () => {
  it('are grouped in lakhs', () => {
    expect(['1', '123', '1234', '123456', '12345678'].map(lakhGrouping)).toEqual([
      '1',
      '123',
      '1,234',
      '1,23,456',
      '1,23,45,678',
    ]);
    expect(formatNumber(-1234567.5, en)).toBe('-12,34,567.5');
    expect(formatNumber(-0.001, en)).toBe('0');
    expect(formatNumber(1234567.5, ne)).toBe('१२,३४,५६७.५');
    expect(formatPercent(0.125, en)).toBe('12.5%');
  });

  it('change their script both ways', () => {
    expect(toDigits('2083-08-07', 'devanagari')).toBe('२०८३-०८-०७');
    expect(toLatinDigits('२०८३-०८-०७')).toBe('2083-08-07');
  });
});

describe('money', () => {
  it('is written exactly, with the sign of its currency', () => {
    expect(formatMoney({ amount: 123456750, currency: 'NPR' }, 'en', 'latin')).toBe('Rs. 12,34,567.50');
    expect(formatMoney({ amount: 123456750, currency: 'NPR' }, 'ne', 'devanagari')).toBe('रु १२,३४,५६७.५०');
    expect(formatMoney({ amount: -5, currency: 'NPR' }, 'en', 'latin')).toBe('-Rs. 0.05');
    expect(formatAmount({ amount: 9_007_199_254_740_991, currency: 'NPR' }, 'latin')).toBe(
      '9,00,71,99,25,47,409.91',
    );
    expect(formatAmount({ amount: 1234, currency: 'JPY' }, 'latin')).toBe('1,234');
  });
});

describe('Kathmandu days', () => {
  it('begin at 18:15 UTC', () => {
    expect(dayIn('2026-11-22T18:14:59.999Z', KATHMANDU)).toBe('2026-11-22');
    expect(dayIn('2026-11-22T18:15:00.000Z', KATHMANDU)).toBe('2026-11-23');
    expect(startOfDay('2026-11-23', KATHMANDU).toISOString()).toBe('2026-11-22T18:15:00.000Z');
    const { from, to } = dayBounds('2026-11-23', KATHMANDU);
    expect(to.getTime() - from.getTime()).toBe(86_399_999);
  });

  it('follow zones that change their offset', () => {
    expect(startOfDay('2026-03-29', 'Europe/Berlin').toISOString()).toBe('2026-03-28T23:00:00.000Z');
    expect(startOfDay('2026-03-30', 'Europe/Berlin').toISOString()).toBe('2026-03-29T22:00:00.000Z');
  });

  it('are checked', () => {
    expect(isIsoDate('2026-02-30')).toBe(false);
    expect(isIsoDate('2028-02-29')).toBe(true);
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(weekday('2026-11-23')).toBe(1);
  });
});

describe('dates', () => {
  it('stand in the calendar of the reader', () => {
    expect(formatDay('2026-11-23', en)).toBe('23 Nov 2026');
    expect(formatDay('2026-11-23', ne)).toBe('२०८३ मंसिर ७');
    expect(formatDayOther('2026-11-23', en)).toBe('7 Mangsir 2083');
    expect(formatDay('2026-11-23', ne, 'numeric')).toBe('२०८३-०८-०७');
  });

  it('fall back to the Gregorian calendar outside of the table', () => {
    expect(formatDay('2040-01-02', ne)).toBe('२०४० जनवरी २');
  });

  it('change with the Kathmandu midnight', () => {
    expect(formatDate('2026-11-22T18:15:00Z', en)).toBe('23 Nov 2026');
    expect(formatTime('2026-11-22T18:15:00Z', en)).toBe('00:00');
  });

  it('are relative for a week', () => {
    const now = new Date('2026-11-23T06:00:00Z');
    expect(formatRelative('2026-11-23T05:59:40Z', en, now)).toBe('now');
    expect(formatRelative('2026-11-23T05:59:10Z', en, now)).toBe('1 minute ago');
    expect(formatRelative('2026-11-23T03:00:00Z', en, now)).toBe('3 hours ago');
    expect(formatRelative('2026-11-25T06:00:00Z', en, now)).toBe('in 2 days');
    expect(formatRelative('2026-11-01T06:00:00Z', en, now)).toBe('1 Nov');
    expect(formatRelative('2026-11-23T05:59:40Z', ne, now)).toBe('अहिले');
    expect(formatRelative('2026-11-23T03:00:00Z', ne, now)).toBe('३ घण्टा अघि');
    expect(formatRelative('2026-11-23T06:20:00Z', ne, now)).toBe('२० मिनेट पछि');
    expect(formatRelative('2026-11-22T05:00:00Z', ne, now)).toBe('हिजो');
    expect(formatRelative('2026-11-25T06:00:00Z', ne, now)).toBe('२ दिन पछि');
  });

  it('have names', () => {
    expect(weekdayName('2026-11-23', 'en')).toBe('Monday');
    expect(weekdayName('2026-11-22', 'ne')).toBe('आइतबार');
  });
});

it('writes durations and sizes', () => {
  expect(formatDuration(0, en)).toBe('0 min');
  expect(formatDuration(150, en)).toBe('2 h 30 min');
  expect(formatDuration(1500, ne)).toBe('१ दिन १ घ');
  expect(formatBytes(999, en)).toBe('999 B');
  expect(formatBytes(48_300_000, en)).toBe('48.3 MB');
  expect(formatBytes(999_600, en)).toBe('1 MB');
});

it('writes CSV that spreadsheets read and do not run', () => {
  expect(
    toCsv([
      ['name', 'n'],
      ['=1+1', 3],
      ['a "b", c', null],
    ]),
  ).toBe('\uFEFFname,n\r\n\'=1+1,3\r\n"a ""b"", c",\r\n');
});
