import type { TicketDay } from '@/api/schema';
import type { ChartData } from '@/components/patterns/chart-model';
import type { Translate } from '@/i18n/i18n';
import { formatDay, formatNumber, monthNames, type Preferences } from '@/lib/format';
import { type Bucket, bucketsOf, monthOf, type Range, stepOf } from './range';

export type Counted = 'opened' | 'resolved';

export function sum(days: readonly TicketDay[], what: Counted): number {
  return days.reduce((total, day) => total + day[what], 0);
}

/** The days of each bucket added up. */
export function perBucket(days: readonly TicketDay[], buckets: readonly Bucket[], what: Counted): number[] {
  return buckets.map(({ from, to }) =>
    sum(
      days.filter(({ date }) => date >= from && date <= to),
      what,
    ),
  );
}

function labelsOf(range: Range, buckets: readonly Bucket[], prefs: Preferences): string[] {
  if (stepOf(range) !== 'month') return buckets.map(({ from }) => formatDay(from, prefs, 'short'));
  const names = monthNames(prefs.calendar, prefs.locale);
  const months = buckets.map(({ from }) => monthOf(from, prefs.calendar));
  // More than a year has the same month twice.
  const twice = new Set(months.map(({ month }) => month)).size < months.length;
  return months.map(({ year, month }) => {
    const name = names[month - 1] ?? '';
    return twice ? `${name} ${formatNumber(year, prefs, 0).replaceAll(',', '')}` : name;
  });
}

/** What came in and what was done, along the range. */
export function flowData(
  days: readonly TicketDay[],
  range: Range,
  prefs: Preferences,
  t: Translate,
): ChartData {
  const buckets = bucketsOf(range, prefs.calendar);
  return {
    labels: labelsOf(range, buckets, prefs),
    series: [
      {
        id: 'opened',
        label: t('dashboard.opened'),
        tone: 'accent',
        values: perBucket(days, buckets, 'opened'),
      },
      {
        id: 'resolved',
        label: t('dashboard.resolved'),
        tone: 'success',
        values: perBucket(days, buckets, 'resolved'),
      },
    ],
  };
}
