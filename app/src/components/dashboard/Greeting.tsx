import { useFormat, usePreferences } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { weekdayName } from '@/lib/format';
import { today } from '@/lib/time';

/** The hour on the reader's clock, 0 to 23. */
function hourIn(timeZone: string, now: Date): number {
  return Number(
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now),
  );
}

/** Who one is and what day it is, in both calendars. */
export function Greeting({ name, now = new Date() }: { name: string; now?: Date }) {
  const t = useT();
  const format = useFormat();
  const { locale, timeZone } = usePreferences();
  const hour = hourIn(timeZone, now);
  const day = today(timeZone, now);
  const greeting =
    hour < 4 || hour >= 17
      ? t('dashboard.evening', { name })
      : hour < 12
        ? t('dashboard.morning', { name })
        : t('dashboard.afternoon', { name });
  return (
    <div className="min-w-0">
      <h1 className="truncate font-semibold text-page">{greeting}</h1>
      <p className="num text-dense text-muted">
        {weekdayName(day, locale)}, {format.day(day)}
        <span aria-hidden="true"> · </span>
        <span>{format.dayOther(day)}</span>
      </p>
    </div>
  );
}
