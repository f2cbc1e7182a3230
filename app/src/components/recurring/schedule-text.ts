import type { InvoiceSchedule } from '@/api/schema';
import type { Tone } from '@/components/ui/badge';
import type { useFormat } from '@/components/ui/preferences';
import type { Translate } from '@/i18n/i18n';

type Rhythm = Pick<InvoiceSchedule, 'every' | 'period' | 'calendar'>;

/** `Every 2 months`; whose months, where it is not the usual calendar. */
export function rhythmText(
  t: Translate,
  format: ReturnType<typeof useFormat>,
  { every, period, calendar }: Rhythm,
): string {
  const text = t(`recurring.every.${period}`, { count: every, shown: format.number(every) });
  const counted = period === 'month' || period === 'year';
  return counted && calendar === 'bs' ? t('recurring.inBs', { text }) : text;
}

export const scheduleTones: Record<InvoiceSchedule['status'], Tone> = {
  active: 'success',
  paused: 'neutral',
  stopped: 'danger',
  ended: 'neutral',
};
