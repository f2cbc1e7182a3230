import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CampaignSkeleton } from '@/components/campaigns/CampaignSkeleton';
import { CampaignView } from '@/components/campaigns/CampaignView';
import { type CampaignSearchParams, readCampaignSearch } from '@/components/campaigns/search';
import { InBreadcrumb } from '@/components/layout/TopBar';
import { QueryStates } from '@/components/patterns/QueryStates';
import { useNarrow } from '@/components/patterns/use-media';
import { campaignOptions } from '@/queries/campaigns';
import { useOrgId } from '@/queries/org';

const route = getRouteApi('/o/$slug/campaigns/$campaignId');

/** One campaign: where it stands and what came of it. */
export function CampaignPage() {
  const { campaignId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = useNarrow();
  const { data, ...query } = useQuery(campaignOptions(useOrgId(), campaignId));
  const set = (change: CampaignSearchParams) =>
    void navigate({ search: (before) => readCampaignSearch({ ...before, ...change }), replace: true });
  return (
    <div className="mx-auto w-full max-w-300 p-4 sm:p-6">
      {/* On a phone the acts need the room. */}
      {data && !narrow && <InBreadcrumb>{data.name}</InBreadcrumb>}
      <QueryStates query={{ ...query, data }} skeleton={<CampaignSkeleton />}>
        {data && <CampaignView key={data.id} campaign={data} search={search} onSearch={set} />}
      </QueryStates>
    </div>
  );
}
