import { useQuery } from '@tanstack/react-query';
import { LoadFailed } from '@/components/account/AccountPage';
import { Chart } from '@/components/patterns/Chart';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { useOrgId } from '@/queries/org';
import { ticketAnalyticsOptions } from '@/queries/tickets';
import { flowData, sum } from './flow';
import { type Range, stepOf } from './range';

export function TicketFlow({ range }: { range: Range }) {
  const t = useT();
  const format = useFormat();
  const prefs = usePreferences();
  const { data, error, refetch } = useQuery(ticketAnalyticsOptions(useOrgId(), range));
  if (error) return <LoadFailed error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading>
        <Skeleton className="h-60 w-full" />
      </Loading>
    );
  }
  const heads = { day: t('dashboard.day'), week: t('dashboard.weekFrom'), month: t('dashboard.month') };
  return (
    <Chart
      title={<h2 className="inline font-semibold text-section">{t('dashboard.flow')}</h2>}
      kind="columns"
      data={flowData(data.days, range, prefs, t)}
      labelHeader={heads[stepOf(range)]}
      summary={t('dashboard.flowSummary', {
        from: format.day(range.from),
        to: format.day(range.to),
        opened: format.number(sum(data.days, 'opened')),
        resolved: format.number(sum(data.days, 'resolved')),
      })}
    />
  );
}
