import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { CircleDot } from 'lucide-react';
import type { FullInvoice, InvoiceActivity } from '@/api/schema';
import { QueryStates } from '@/components/patterns/QueryStates';
import { Timeline } from '@/components/patterns/Timeline';
import { LoadMore } from '@/components/ui/load-more';
import { useFormat } from '@/components/ui/preferences';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { invoiceActivityOptions } from '@/queries/invoices';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { everybodyOptions } from '@/queries/users';
import { activityText } from './activity-text';
import { SideSection } from './SideSection';

/** What happened to the invoice and to all that belongs to it, the newest first. */
export function ActivitySection({ invoice }: { invoice: FullInvoice }) {
  const t = useT();
  const format = useFormat();
  const activity = useInfiniteQuery(invoiceActivityOptions(useOrgId(), invoice.id));
  const who = useWho();
  const items = rows(activity.data).flatMap((one) => {
    const text = activityText(t, format, one);
    if (text === undefined) return [];
    const name = who(one);
    return [
      {
        id: one.id,
        mark: <CircleDot />,
        text: name ? t('invoices.didBy', { name, text }) : text,
        time: format.relative(one.at),
        dateTime: one.at,
        timeTitle: format.dateTime(one.at),
      },
    ];
  });
  return (
    <SideSection title={t('invoices.activity')}>
      <QueryStates query={activity} skeleton={<SkeletonRows rows={3} />}>
        <Timeline
          label={t('invoices.activity')}
          items={items}
          end={
            <LoadMore
              hasMore={activity.hasNextPage}
              loading={activity.isFetchingNextPage}
              onLoadMore={() => void activity.fetchNextPage()}
            />
          }
        />
      </QueryStates>
    </SideSection>
  );
}

/** Who did it, in words; nobody is named where the program did it by itself. */
function useWho(): (one: InvoiceActivity) => string | undefined {
  const t = useT();
  const enabled = useCan('users_list');
  const people = useQuery({ ...everybodyOptions(useOrgId()), enabled, throwOnError: false });
  const names = new Map(people.data?.map(({ id, fullName, displayName }) => [id, displayName || fullName]));
  return ({ actorId, actorKind }) => {
    if (actorKind === 'anonymous') return t('invoices.didVisitor');
    return actorId ? (names.get(actorId) ?? t('invoices.didSomebody')) : undefined;
  };
}
