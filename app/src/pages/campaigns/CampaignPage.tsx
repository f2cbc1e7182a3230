import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { CampaignSkeleton } from '@/components/campaigns/CampaignSkeleton';
import { CampaignView } from '@/components/campaigns/CampaignView';
import { type CampaignSearchParams, readCampaignSearch } from '@/components/campaigns/search';
import { InBreadcrumb } from '@/components/layout/TopBar';
import { QueryStates } from '@/components/patterns/QueryStates';
import { useNarrow } from '@/components/patterns/use-media';
import { Loading } from '@/components/ui/skeleton';
import { useCan } from '@/queries/bootstrap';
import { campaignOptions } from '@/queries/campaigns';
import { useOrgId } from '@/queries/org';

// Whoever reads what became of a campaign needs no form.
const Composer = lazy(() => import('@/components/campaigns/Composer').then((m) => ({ default: m.Composer })));

const route = getRouteApi('/o/$slug/campaigns/$campaignId');

/** One campaign: its steps while it is a draft, what came of it afterwards. */
export function CampaignPage() {
  const { campaignId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = useNarrow();
  const mayWrite = useCan('campaigns_update');
  const { data, ...query } = useQuery(campaignOptions(useOrgId(), campaignId));
  const set = (change: CampaignSearchParams) =>
    void navigate({ search: (before) => readCampaignSearch({ ...before, ...change }), replace: true });
  return (
    <div className="mx-auto w-full max-w-360 p-4 sm:p-6">
      {/* On a phone the acts need the room. */}
      {data && !narrow && <InBreadcrumb>{data.name}</InBreadcrumb>}
      <QueryStates query={{ ...query, data }} skeleton={<CampaignSkeleton />}>
        {data &&
          (data.state === 'draft' && mayWrite ? (
            <Suspense
              fallback={
                <Loading>
                  <CampaignSkeleton />
                </Loading>
              }
            >
              <Composer key={data.id} campaign={data} search={search} onSearch={set} />
            </Suspense>
          ) : (
            <CampaignView key={data.id} campaign={data} search={search} onSearch={set} />
          ))}
      </QueryStates>
    </div>
  );
}
