import type { Translate } from '@/i18n/i18n';

export interface SampleRow {
  id: string;
  number: number;
  title: string;
  state: 'open' | 'waiting' | 'closed';
  person: string;
  day: string;
  minutes: number;
}

/** People of a Kathmandu trading company, for elements that show names. */
export function people(t: Translate): string[] {
  return [t('kit.person1'), t('kit.person2'), t('kit.person3'), t('kit.person4')];
}

const STATES = ['open', 'waiting', 'closed'] as const;

export function sampleRows(t: Translate, count: number): SampleRow[] {
  const names = people(t);
  const titles = [t('kit.ticket1'), t('kit.ticket2'), t('kit.ticket3'), t('kit.ticket4'), t('kit.ticket5')];
  return Array.from({ length: count }, (_, index) => ({
    id: `row-${index + 1}`,
    number: 214 - index,
    title: titles[index % titles.length] ?? '',
    state: STATES[index % STATES.length] ?? 'open',
    person: names[index % names.length] ?? '',
    day: `2026-${String((index % 9) + 1).padStart(2, '0')}-${String((index % 27) + 1).padStart(2, '0')}`,
    minutes: 15 + ((index * 35) % 500),
  }));
}
