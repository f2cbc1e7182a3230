import { describe, expect, it } from 'vitest';
import anchors from './bs-anchors.json';
import {
  addBsMonths,
  BS_FIRST_DAY,
  BS_FIRST_YEAR,
  BS_LAST_DAY,
  BS_LAST_YEAR,
  BS_SETTLED_THROUGH,
  BsRangeError,
  bsIso,
  daysInBsMonth,
  fiscalYear,
  fiscalYearOf,
  fromBs,
  parseBs,
  toBs,
  tryToBs,
} from './bs-calendar';
import { addDays, dayNumber } from './time';

describe('the table', () => {
  it('has twelve months of 29 to 32 days, 365 or 366 in a year', () => {
    for (let year = BS_FIRST_YEAR; year <= BS_LAST_YEAR; year += 1) {
      const lengths = Array.from({ length: 12 }, (_, month) => daysInBsMonth(year, month + 1));
      expect(Math.min(...lengths), String(year)).toBeGreaterThanOrEqual(29);
      expect(Math.max(...lengths), String(year)).toBeLessThanOrEqual(32);
      expect([365, 366], String(year)).toContain(lengths.reduce((sum, length) => sum + length, 0));
      expect(() => daysInBsMonth(year, 13)).toThrow(BsRangeError);
    }
  });

  it('starts every year on 13, 14 or 15 April', () => {
    for (let year = BS_FIRST_YEAR; year <= BS_LAST_YEAR; year += 1) {
      expect(['04-13', '04-14', '04-15']).toContain(fromBs({ year, month: 1, day: 1 }).slice(5));
    }
  });

  it('covers the present with a published calendar', () => {
    expect(BS_SETTLED_THROUGH).toBeGreaterThanOrEqual(2083);
    expect(BS_LAST_YEAR).toBeGreaterThanOrEqual(BS_SETTLED_THROUGH);
  });
});

it('goes there and back on every day of the range', () => {
  let previous = dayNumber(BS_FIRST_DAY) - 1;
  for (let date = BS_FIRST_DAY; date <= BS_LAST_DAY; date = addDays(date, 1)) {
    const bs = toBs(date);
    if (fromBs(bs) !== date || dayNumber(date) !== previous + 1)
      throw new Error(`${date} became ${bsIso(bs)}`);
    previous = dayNumber(date);
  }
  expect(previous).toBe(dayNumber(BS_LAST_DAY));
});

it.each(anchors)('$ad is $bs BS: $known', ({ ad, bs }) => {
  expect(bsIso(toBs(ad))).toBe(bs);
});

it('refuses dates outside of the table instead of guessing', () => {
  expect(() => toBs(addDays(BS_FIRST_DAY, -1))).toThrow(BsRangeError);
  expect(() => toBs(addDays(BS_LAST_DAY, 1))).toThrow(BsRangeError);
  expect(tryToBs(addDays(BS_LAST_DAY, 1))).toBeNull();
  expect(() => fromBs({ year: BS_LAST_YEAR + 1, month: 1, day: 1 })).toThrow(BsRangeError);
  expect(() => fromBs({ year: 2083, month: 1, day: 32 })).toThrow(BsRangeError);
  expect(parseBs('2083-01-32')).toBeNull();
  expect(parseBs('2083/8/7')).toEqual({ year: 2083, month: 8, day: 7 });
});

it('adds months over a year and keeps to the last day', () => {
  expect(addBsMonths({ year: 2082, month: 12, day: 30 }, 1)).toEqual({ year: 2083, month: 1, day: 30 });
  expect(addBsMonths({ year: 2083, month: 3, day: 32 }, -1)).toEqual({ year: 2083, month: 2, day: 31 });
});

describe('fiscal year', () => {
  it('runs from 1 Shrawan to the end of Ashadh', () => {
    const year = fiscalYear(2083);
    expect(year.label).toBe('2083/84');
    expect(bsIso(toBs(year.from))).toBe('2083-04-01');
    expect(bsIso(toBs(year.to))).toBe(`2084-03-${daysInBsMonth(2084, 3)}`);
    expect(addDays(year.to, 1)).toBe(fiscalYear(2084).from);
  });

  it('changes between the last of Ashadh and the first of Shrawan', () => {
    const { from } = fiscalYear(2083);
    expect(fiscalYearOf(from).label).toBe('2083/84');
    expect(fiscalYearOf(addDays(from, -1)).label).toBe('2082/83');
    expect(fiscalYear(2099 - 100 + 1).label).toBe('2000/01');
  });
});
