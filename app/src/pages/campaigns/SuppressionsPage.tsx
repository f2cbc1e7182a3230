import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { MailX, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { SuppressionReason } from '@/api/schema';
import { CampaignTabs } from '@/components/campaigns/CampaignTabs';
import { StateChips } from '@/components/campaigns/StateChips';
import { SuppressionTable } from '@/components/campaigns/SuppressionTable';
import { suppressionReasons } from '@/components/campaigns/search';
import { EmptyState } from '@/components/patterns/EmptyState';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import { Button } from '@/components/ui/button';
import { useT } from '@/i18n/i18n';
import { useHotkeys } from '@/lib/use-hotkeys';
import { useCan } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { suppressionsOptions } from '@/queries/suppressions';

// Fetched when somebody opens it.
const SuppressDialog = lazy(() =>
  import('@/components/campaigns/SuppressDialog').then((m) => ({ default: m.SuppressDialog })),
);

const route = getRouteApi('/o/$slug/campaigns/suppressions');

/** Addresses that get no campaign, whatever audience they are in. */
export function SuppressionsPage() {
  const t = useT();
  const { reason } = route.useSearch();
  const navigate = route.useNavigate();
  const [adding, setAdding] = useState(false);
  const mayAdd = useCan('suppressions_create');
  const list = useInfiniteQuery(suppressionsOptions(useOrgId(), reason ? { reason } : {}));
  const add = () => setAdding(true);
  useHotkeys(
    mayAdd
      ? [{ keys: 'c', label: t('campaigns.suppress'), group: t('campaigns.suppressions'), run: add }]
      : [],
  );
  const pick = (next: SuppressionReason | 'all') =>
    void navigate({ search: next === 'all' ? {} : { reason: next }, replace: true });
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      <PageHeader
        title={t('campaigns.suppressions')}
        description={t('campaigns.suppressionsAbout')}
        actions={
          mayAdd && (
            <Button variant="primary" icon={<Plus />} onClick={add}>
              {t('campaigns.suppress')}
            </Button>
          )
        }
        tabs={<CampaignTabs current="suppressions" />}
      />
      <StateChips<SuppressionReason | 'all'>
        label={t('campaigns.reasonLabel')}
        value={reason ?? 'all'}
        onPick={pick}
        options={[
          { value: 'all', label: t('campaigns.all') },
          ...suppressionReasons.map((one) => ({ value: one, label: t(`campaigns.reason.${one}`) })),
        ]}
      />
      <QueryStates query={list}>
        <SuppressionTable
          rows={rows(list.data)}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          empty={
            <EmptyState
              icon={<MailX />}
              title={reason ? t('campaigns.suppressionsNoneFound') : t('campaigns.suppressionsNone')}
              description={reason ? undefined : t('campaigns.suppressionsNoneText')}
              action={reason && <Button onClick={() => pick('all')}>{t('patterns.clearFilters')}</Button>}
            />
          }
        />
      </QueryStates>
      <Suspense>{adding && <SuppressDialog onClose={() => setAdding(false)} />}</Suspense>
    </div>
  );
}
