import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import type { IsoDate } from '@/lib/time';
import { schedulePreviewOptions } from '@/queries/invoiceSchedules';
import { useOrgId } from '@/queries/org';
import { type RhythmValues, rhythmBody } from './rhythm-model';

const SETTLE_MS = 250;
/** As many as tell how it goes on. */
const SHOWN = 6;

/** The next days that what is typed would lead to, from the server. */
export function PreviewDays({ values }: { values: RhythmValues }) {
  const t = useT();
  const body = rhythmBody(values);
  const wanted = body && JSON.stringify(body);
  const [asked, setAsked] = useState(body);
  const known = asked && JSON.stringify(asked) === wanted;
  useEffect(() => {
    if (known || wanted === undefined) return;
    const timer = setTimeout(() => setAsked(rhythmBody(values)), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [known, wanted, values]);
  const days = useQuery({
    ...schedulePreviewOptions(
      useOrgId(),
      asked ?? { startOn: '', every: 1, period: 'month', calendar: 'ad' },
    ),
    enabled: asked !== undefined,
  });
  if (days.error && known) {
    return (
      <p role="alert" className="text-danger text-dense">
        {problemText(t, days.error)}
      </p>
    );
  }
  const stale = !known || days.isPlaceholderData;
  return <NextDays days={days.data?.days.slice(0, SHOWN).map(({ on }) => on) ?? []} stale={stale} />;
}

/** Days on which an invoice will be made, in both calendars. */
export function NextDays({ days, stale = false }: { days: readonly IsoDate[]; stale?: boolean }) {
  const t = useT();
  const format = useFormat();
  if (days.length === 0) return <p className="text-dense text-muted">{t('recurring.noDays')}</p>;
  return (
    <ol
      aria-label={t('recurring.nextDays')}
      aria-busy={stale}
      className={`flex flex-col ${stale ? 'opacity-60' : ''}`}
    >
      {days.map((day) => (
        <li key={day} className="num flex min-h-8 items-baseline justify-between gap-4 text-dense">
          <span className="whitespace-nowrap">{format.day(day)}</span>
          <span className="whitespace-nowrap text-meta text-muted">{format.dayOther(day)}</span>
        </li>
      ))}
    </ol>
  );
}
