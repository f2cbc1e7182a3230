import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { MadeInvoice } from '@/api/schema';
import { InvoiceStatusBadge } from '@/components/invoices/InvoiceStatusBadge';
import { useHref } from '@/components/layout/use-go';
import { QueryStates } from '@/components/patterns/QueryStates';
import { Link as TextLink } from '@/components/ui/link';
import { LoadMore } from '@/components/ui/load-more';
import { useFormat } from '@/components/ui/preferences';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { madeInvoicesOptions } from '@/queries/invoiceSchedules';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';

/** What a schedule made so far, the newest first. */
export function MadeInvoices({ schedule }: { schedule: string }) {
  const t = useT();
  const made = useInfiniteQuery(madeInvoicesOptions(useOrgId(), schedule));
  return (
    <QueryStates query={made} skeleton={<SkeletonRows rows={2} />}>
      {rows(made.data).length === 0 ? (
        <p className="text-dense text-muted">{t('recurring.madeNone')}</p>
      ) : (
        <ul className="divide-y divide-line border-line border-y">
          {rows(made.data).map((one) => (
            <MadeRow key={one.occursOn} made={one} />
          ))}
        </ul>
      )}
      <LoadMore
        hasMore={made.hasNextPage}
        loading={made.isFetchingNextPage}
        onLoadMore={() => void made.fetchNextPage()}
      />
    </QueryStates>
  );
}

function MadeRow({ made: { occursOn, invoice } }: { made: MadeInvoice }) {
  const t = useT();
  const format = useFormat();
  const href = useHref();
  return (
    <li className="flex min-h-row items-center gap-2 py-1 text-dense">
      <span className="num text-muted">{format.day(occursOn)}</span>
      {invoice ? (
        <>
          <TextLink asChild className="num min-w-0 flex-1 truncate text-right">
            <Link to={href({ path: `/invoices/${invoice.id}` })}>
              {invoice.number ?? t('invoices.status.draft')}
            </Link>
          </TextLink>
          <InvoiceStatusBadge invoice={invoice} />
        </>
      ) : (
        <span className="flex-1 text-right text-muted">{t('recurring.madeDeleted')}</span>
      )}
    </li>
  );
}
