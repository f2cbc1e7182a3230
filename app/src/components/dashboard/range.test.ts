import { describe, expect, it } from 'vitest';
import { before, bucketsOf, daysOf, fiscalYearAround, rangeOf, readRange, stepOf } from './range';

const TODAY = '2026-11-23';

describe('rangeOf', () => {
  it('begins with Shrawan unless somebody chose otherwise, and ends today', () => {
    expect(rangeOf({}, TODAY)).toEqual({ from: '2026-07-17', to: TODAY });
    expect(fiscalYearAround(TODAY).label).toBe('2083/84');
    expect(rangeOf({ range: 'lastFy' }, TODAY)).toEqual({ from: '2025-07-17', to: '2026-07-16' });
  });

  it('follows the fiscal year of the organization', () => {
    const april = { calendar: 'ad', fiscalYearStartMonth: 4 } as const;
    expect(fiscalYearAround('2026-03-31', april)).toEqual({
      from: '2025-04-01',
      to: '2026-03-31',
      label: '2025/26',
    });
    expect(rangeOf({ range: 'fy' }, TODAY, april).from).toBe('2026-04-01');
    const baisakh = { calendar: 'bs', fiscalYearStartMonth: 1 } as const;
    const year = fiscalYearAround(TODAY, baisakh);
    expect(year).toMatchObject({ from: '2026-04-14', label: '2083' });
    expect(daysOf(year)).toBe(365);
  });

  it('counts today as one of the days', () => {
    expect(daysOf(rangeOf({ range: '7d' }, TODAY))).toBe(7);
    expect(rangeOf({ range: '7d' }, TODAY).to).toBe(TODAY);
  });

  it('keeps a chosen range within what the server counts, and out of the future', () => {
    const long = rangeOf({ range: 'custom', from: '2020-01-01', to: '2030-01-01' }, TODAY);
    expect(long.to).toBe(TODAY);
    expect(daysOf(long)).toBe(366);
    const turned = rangeOf({ range: 'custom', from: '2026-10-05', to: '2026-10-01' }, TODAY);
    expect(turned).toEqual({ from: '2026-10-01', to: '2026-10-01' });
  });
});

it('compares with as many days right before', () => {
  expect(before({ from: '2026-11-01', to: '2026-11-07' })).toEqual({ from: '2026-10-25', to: '2026-10-31' });
});

it('reads only what makes sense from an address', () => {
  expect(readRange({ range: '90d', from: '2026-01-01' })).toEqual({ range: '90d' });
  expect(readRange({ range: 'custom', from: '2026-02-30', to: '2026-03-01' })).toEqual({});
  expect(readRange({ range: 'forever' })).toEqual({});
  const whole = { range: 'custom', from: '2026-02-01', to: '2026-03-01' } as const;
  expect(readRange(whole)).toEqual(whole);
});

describe('bucketsOf', () => {
  it.each([
    ['2026-11-01', '2026-11-23', 'day', 23],
    ['2026-08-26', '2026-11-23', 'week', 13],
    ['2026-07-17', '2026-11-23', 'month', 5],
  ] as const)('parts %s to %s by the %s', (from, to, step, count) => {
    const range = { from, to };
    const buckets = bucketsOf(range, 'bs');
    expect(stepOf(range)).toBe(step);
    expect(buckets).toHaveLength(count);
    expect(buckets[0]?.from).toBe(from);
    expect(buckets.at(-1)?.to).toBe(to);
    // Every day is in one of them, and only in one.
    expect(buckets.reduce((sum, bucket) => sum + daysOf(bucket), 0)).toBe(daysOf(range));
  });

  it('ends months where the calendar of the reader ends them', () => {
    const range = { from: '2026-07-17', to: '2026-11-23' };
    expect(bucketsOf(range, 'ad')[0]?.to).toBe('2026-07-31');
    expect(bucketsOf(range, 'bs')[0]?.to).toBe('2026-08-16');
  });
});
