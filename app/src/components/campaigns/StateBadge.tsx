import type { CampaignState, RecipientState } from '@/api/schema';
import { Badge, type Tone } from '@/components/ui/badge';
import { useT } from '@/i18n/i18n';

const campaignTones: Record<CampaignState, Tone> = {
  draft: 'neutral',
  scheduled: 'info',
  sending: 'accent',
  paused: 'warning',
  sent: 'success',
  cancelled: 'neutral',
};

export function CampaignStateBadge({ state }: { state: CampaignState }) {
  const t = useT();
  return <Badge tone={campaignTones[state]}>{t(`campaigns.state.${state}`)}</Badge>;
}

const recipientTones: Record<RecipientState, Tone> = {
  pending: 'neutral',
  sending: 'accent',
  sent: 'success',
  failed: 'danger',
  uncertain: 'warning',
  suppressed: 'neutral',
  bounced: 'danger',
  cancelled: 'neutral',
};

export function RecipientStateBadge({ state }: { state: RecipientState }) {
  const t = useT();
  return <Badge tone={recipientTones[state]}>{t(`campaigns.recipient.${state}`)}</Badge>;
}
