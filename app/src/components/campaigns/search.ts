import type { CampaignState, RecipientState, SuppressionReason } from '@/api/schema';

// Written down here: the lists of the API are in no start of the app. The types keep them the same.
export const campaignStates = [
  'draft',
  'scheduled',
  'sending',
  'paused',
  'sent',
  'cancelled',
] as const satisfies readonly CampaignState[];

export const recipientStates = [
  'sent',
  'sending',
  'pending',
  'failed',
  'uncertain',
  'suppressed',
  'bounced',
  'cancelled',
] as const satisfies readonly RecipientState[];

export const suppressionReasons = [
  'unsubscribed',
  'complained',
  'bounced',
  'manual',
] as const satisfies readonly SuppressionReason[];

export const steps = ['audience', 'content', 'settings', 'review'] as const;
export type Step = (typeof steps)[number];

export interface CampaignsSearch {
  state?: CampaignState | undefined;
}

export function readCampaignsSearch(raw: { state?: unknown }): CampaignsSearch {
  const state = campaignStates.find((one) => one === raw.state);
  return state ? { state } : {};
}

/** What one looks at of a campaign: a step while it is a draft, afterwards its ledger or its mail. */
export interface CampaignSearchParams {
  step?: Step | undefined;
  tab?: 'mail' | undefined;
  recipients?: RecipientState | undefined;
  /** When it is to be sent, while that is not settled: an instant. */
  at?: string | undefined;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export function readCampaignSearch(
  raw: Partial<Record<keyof CampaignSearchParams, unknown>>,
): CampaignSearchParams {
  const step = steps.find((one) => one === raw.step && one !== 'audience');
  const recipients = recipientStates.find((one) => one === raw.recipients);
  const at =
    typeof raw.at === 'string' && INSTANT.test(raw.at) && !Number.isNaN(Date.parse(raw.at)) && raw.at;
  return {
    ...(step && { step }),
    ...(raw.tab === 'mail' && { tab: 'mail' as const }),
    ...(recipients && { recipients }),
    ...(at && { at }),
  };
}

export interface SuppressionsSearch {
  reason?: SuppressionReason | undefined;
}

export function readSuppressionsSearch(raw: { reason?: unknown }): SuppressionsSearch {
  const reason = suppressionReasons.find((one) => one === raw.reason);
  return reason ? { reason } : {};
}
