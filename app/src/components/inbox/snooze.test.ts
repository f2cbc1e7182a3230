import { expect, it } from 'vitest';
import { snoozeTimes } from './snooze';

it('wakes at nine of the reader’s clock, next week on a Sunday', () => {
  // Monday, 23 November 2026, 23:50 in Kathmandu.
  const times = snoozeTimes('Asia/Kathmandu', new Date('2026-11-23T18:05:00Z'));
  expect(times).toEqual({
    later: '2026-11-23T21:05:00.000Z',
    tomorrow: '2026-11-24T03:15:00.000Z',
    nextWeek: '2026-11-29T03:15:00.000Z',
  });
});

it('never means today by next week', () => {
  const sunday = snoozeTimes('Asia/Kathmandu', new Date('2026-11-22T00:00:00Z'));
  expect(sunday.nextWeek).toBe('2026-11-29T03:15:00.000Z');
});
