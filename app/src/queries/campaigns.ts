import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { CampaignState, RecipientState } from '@/api/schema';
import type { Body, Ok, Query } from '@/api/types';
import { type CampaignAct, campaigns } from '@/services/campaigns';
import { keys } from './keys';
import { byCursor } from './pages';
import { useWrite, type WriteDefinition } from './write';

export type { CampaignAct };
export type ListedCampaign = Ok<'campaigns_list'>['data'][number];
export type FullCampaign = Ok<'campaigns_get'>;
export type CampaignSearch = Omit<Query<'campaigns_list'>, 'cursor'>;

/** Nothing tells a page that mails left: it asks, as often as somebody who watches wants to know. */
const LIVE_MS = 2_000;
/** One that is scheduled begins by itself. */
const WAITING_MS = 15_000;
/** Beyond this many pages of the ledger asking again and again costs more than it tells. */
const LIVE_PAGES = 2;

/** Does it change while nobody does anything? */
export const isUnderWay = (state: CampaignState | undefined) => state === 'sending';

function pace(state: CampaignState | undefined): number | false {
  if (isUnderWay(state)) return LIVE_MS;
  // The last mails of a campaign that was just paused are still on their way.
  return state === 'scheduled' || state === 'paused' ? WAITING_MS : false;
}

export const campaignListOptions = (org: string, search: CampaignSearch = {}) =>
  infiniteQueryOptions({
    queryKey: keys.campaigns.list(org, search),
    queryFn: ({ pageParam, signal }) => campaigns.list({ ...search, cursor: pageParam }, signal),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ data }) => data.some((one) => isUnderWay(one.state))) ? 5_000 : false,
    ...byCursor,
  });

export const campaignOptions = (org: string, id: string) =>
  queryOptions({
    queryKey: keys.campaigns.detail(org, id),
    queryFn: ({ signal }) => campaigns.get(id, signal),
    refetchInterval: ({ state }) => pace(state.data?.state),
  });

export const campaignReportOptions = (org: string, id: string, state: CampaignState) =>
  queryOptions({
    queryKey: keys.campaigns.report(org, id),
    queryFn: ({ signal }) => campaigns.report(id, signal),
    refetchInterval: pace(state),
  });

export const recipientsOptions = (
  org: string,
  id: string,
  of: { campaign: CampaignState; state?: RecipientState | undefined },
) =>
  infiniteQueryOptions({
    queryKey: keys.campaigns.recipients(org, id, { state: of.state ?? null }),
    queryFn: ({ pageParam, signal }) =>
      campaigns.recipients(
        id,
        { limit: 100, cursor: pageParam, ...(of.state && { state: of.state }) },
        signal,
      ),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) <= LIVE_PAGES ? pace(of.campaign) : false,
    ...byCursor,
  });

/** What is in the way of sending this version. Who is in the audience may change at any time. */
export const preflightOptions = (org: string, id: string, version: number) =>
  queryOptions({
    queryKey: keys.campaigns.preflight(org, id, version),
    queryFn: ({ signal }) => campaigns.preflight(id, signal),
    staleTime: 0,
    placeholderData: keepPreviousData,
  });

/** This version as a reader would get it; the one before stays until it is there. */
export const campaignPreviewOptions = (
  org: string,
  { id, version }: { id: string; version: number },
  reader: Body<'campaigns_preview'>,
) =>
  queryOptions({
    queryKey: keys.campaigns.preview(org, id, version, reader),
    queryFn: ({ signal }) => campaigns.preview(id, reader, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    throwOnError: false,
  });

const entity = ({ id }: { id: string }) => `campaign:${id}`;
type Learn<I> = NonNullable<WriteDefinition<I, Partial<FullCampaign> & { id: string }>['learn']>;
/** An answer may leave out what did not change, such as the text. */
const learn: Learn<unknown> = (campaign, _, { client, org }) =>
  client.setQueryData(campaignOptions(org, campaign.id).queryKey, (before) =>
    before ? { ...before, ...campaign } : undefined,
  );

const create: WriteDefinition<Body<'campaigns_create'>, Ok<'campaigns_create'>> = {
  family: 'campaigns',
  run: (body, { key }) => campaigns.create(body, { key }),
  learn: (campaign, _, { client, org }) =>
    client.setQueryData(campaignOptions(org, campaign.id).queryKey, campaign),
  stale: (org) => [keys.campaigns.lists(org)],
  replayable: true,
};
export const useCreateCampaign = () => useWrite(create);

type Versioned = { id: string; version: number };

const update: WriteDefinition<Versioned & { change: Body<'campaigns_update'> }, Ok<'campaigns_update'>> = {
  family: 'campaigns',
  entity,
  run: ({ id, version, change }) => campaigns.update(id, change, { version }),
  learn,
  stale: (org) => [keys.campaigns.lists(org)],
};
export const useUpdateCampaign = () => useWrite(update);

const touched = (org: string, { id }: { id: string }) => [
  keys.campaigns.lists(org),
  keys.campaigns.detail(org, id),
];

const act: WriteDefinition<Versioned & { act: CampaignAct }, Ok<'campaigns_send'>> = {
  family: 'campaigns',
  entity,
  run: ({ id, version, act: what }, { key }) => campaigns.act(id, what, { version, key }),
  learn,
  stale: touched,
  replayable: true,
};
export const useCampaignAct = () => useWrite(act);

const schedule: WriteDefinition<Versioned & { at: string }, Ok<'campaigns_schedule'>> = {
  family: 'campaigns',
  entity,
  run: ({ id, version, at }, { key }) => campaigns.schedule(id, { at }, { version, key }),
  learn,
  stale: touched,
  replayable: true,
};
export const useScheduleCampaign = () => useWrite(schedule);

const test: WriteDefinition<{ id: string }, void> = {
  family: 'campaignTests',
  run: ({ id }, { key }) => campaigns.test(id, { key }),
  stale: () => [],
};
export const useTestCampaign = () => useWrite(test);
