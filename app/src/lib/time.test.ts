import { describe, expect, it } from 'vitest';
import { atClock, clockIn, KATHMANDU, startOfDay } from './time';

describe('times of a day in a zone', () => {
  it('are instants and back', () => {
    const at = atClock('2026-11-24', '09:00', KATHMANDU);
    expect(at.toISOString()).toBe('2026-11-24T03:15:00.000Z');
    expect(clockIn(at, KATHMANDU)).toBe('09:00');
    expect(startOfDay('2026-11-24', KATHMANDU).toISOString()).toBe('2026-11-23T18:15:00.000Z');
  });

  it('keep to the clock on both sides of a change of the offset', () => {
    const zone = 'America/New_York';
    expect(atClock('2026-11-01', '00:30', zone).toISOString()).toBe('2026-11-01T04:30:00.000Z');
    expect(atClock('2026-11-01', '09:00', zone).toISOString()).toBe('2026-11-01T14:00:00.000Z');
    expect(atClock('2026-03-08', '09:00', zone).toISOString()).toBe('2026-03-08T13:00:00.000Z');
  });
});
