import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Megaphone, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
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
import { usePalette } from '@/lib/palette';
import { useHotkeys } from '@/lib/use-hotkeys';
import { useCan } from '@/queries/bootstrap';
import { campaignListOptions } from '@/queries/campaigns';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';

// Fetched when somebody opens it.
const NewCampaignDialog = lazy(() =>
  import('@/components/campaigns/NewCampaignDialog').then((m) => ({ default: m.NewCampaignDialog })),
);

const route = getRouteApi('/o/$slug/campaigns');

/** Each row asks for its figures: a page of them is small. */
const ROWS = 25;

/** The mails to many, the newest first. */
export function CampaignsPage() {
  const t = useT();
  const { state } = route.useSearch();
  const { slug } = route.useParams();
  const navigate = route.useNavigate();
  const [creating, setCreating] = useState(false);
  const mayCreate = useCan('campaigns_create');
  const list = useInfiniteQuery(campaignListOptions(useOrgId(), { limit: ROWS, ...(state && { state }) }));
  const pick = (next: CampaignState | 'all') =>
    void navigate({ search: next === 'all' ? {} : { state: next }, replace: true });
  const create = () => setCreating(true);
  const open = (id: string) =>
    void navigate({ to: '/o/$slug/campaigns/$campaignId', params: { slug, campaignId: id } });
  useHotkeys(
    mayCreate ? [{ keys: 'c', label: t('campaigns.new'), group: t('nav.campaigns'), run: create }] : [],
  );
  usePalette(
    mayCreate
      ? [{ id: 'campaigns.new', label: t('campaigns.new'), icon: <Plus />, keys: 'c', run: create }]
      : [],
  );
  const newButton = mayCreate && (
    <Button variant="primary" icon={<Plus />} onClick={create}>
      {t('campaigns.new')}
    </Button>
  );
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      <PageHeader
        title={t('nav.campaigns')}
        actions={newButton}
        tabs={<CampaignTabs current="campaigns" />}
      />
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
          onOpen={({ id }) => open(id)}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          empty={
            <EmptyState
              icon={<Megaphone />}
              title={state ? t('campaigns.noneFound') : t('campaigns.noneTitle')}
              description={state ? undefined : t('campaigns.noneText')}
              action={
                state ? <Button onClick={() => pick('all')}>{t('patterns.clearFilters')}</Button> : newButton
              }
            />
          }
        />
      </QueryStates>
      <Suspense>
        {creating && <NewCampaignDialog onClose={() => setCreating(false)} onMade={open} />}
      </Suspense>
    </div>
  );
}
