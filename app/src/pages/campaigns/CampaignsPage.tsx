import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Megaphone } from 'lucide-react';
import type { CampaignState } from '@/api/schema';
import { CampaignTable } from '@/components/campaigns/CampaignTable';
import { CampaignTabs } from '@/components/campaigns/CampaignTabs';
import { StateChips } from '@/components/campaigns/StateChips';
import { campaignStates } from '@/components/campaigns/search';
import { EmptyState } from '@/components/patterns/EmptyState';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import { Button } from '@/components/ui/button';
import { useT } from '@/i18n/i18n';
import { campaignListOptions } from '@/queries/campaigns';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';

const route = getRouteApi('/o/$slug/campaigns');

/** Each row asks for its figures: a page of them is small. */
const ROWS = 25;

/** The mails to many, the newest first. */
export function CampaignsPage() {
  const t = useT();
  const { state } = route.useSearch();
  const { slug } = route.useParams();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(campaignListOptions(useOrgId(), { limit: ROWS, ...(state && { state }) }));
  const pick = (next: CampaignState | 'all') =>
    void navigate({ search: next === 'all' ? {} : { state: next }, replace: true });
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      <PageHeader title={t('nav.campaigns')} tabs={<CampaignTabs current="campaigns" />} />
      <StateChips<CampaignState | 'all'>
        label={t('campaigns.stateLabel')}
        value={state ?? 'all'}
        onPick={pick}
        options={[
          { value: 'all', label: t('campaigns.all') },
          ...campaignStates.map((one) => ({ value: one, label: t(`campaigns.state.${one}`) })),
        ]}
      />
      <QueryStates query={list}>
        <CampaignTable
          rows={rows(list.data)}
          onOpen={({ id }) =>
            void navigate({ to: '/o/$slug/campaigns/$campaignId', params: { slug, campaignId: id } })
          }
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          empty={
            <EmptyState
              icon={<Megaphone />}
              title={state ? t('campaigns.noneFound') : t('campaigns.noneTitle')}
              description={state ? undefined : t('campaigns.noneText')}
              action={state && <Button onClick={() => pick('all')}>{t('patterns.clearFilters')}</Button>}
            />
          }
        />
      </QueryStates>
    </div>
  );
}
