import { Ban, CalendarX, MoreHorizontal, Pause, Play, RefreshCw, Send } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { CampaignReport } from '@/api/schema';
import { InTopBar } from '@/components/layout/TopBar';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import type { CampaignAct, FullCampaign } from '@/queries/campaigns';
import { ActDialog } from './ActDialog';

const icons: Record<CampaignAct, ReactNode> = {
  send: <Send />,
  unschedule: <CalendarX />,
  pause: <Pause />,
  resume: <Play />,
  cancel: <Ban />,
  'resend-uncertain': <RefreshCw />,
};

/** What can be done to a campaign in its state: the first one stands out. */
export function actsFor(
  { state }: Pick<FullCampaign, 'state'>,
  report: CampaignReport | undefined,
): CampaignAct[] {
  const uncertain = (report?.uncertain ?? 0) > 0;
  if (state === 'scheduled') return ['unschedule', 'send', 'cancel'];
  if (state === 'sending') return ['pause', 'cancel'];
  if (state === 'paused') return ['resume', ...(uncertain ? (['resend-uncertain'] as const) : []), 'cancel'];
  return state === 'sent' && uncertain ? ['resend-uncertain'] : [];
}

export function CampaignActs(props: { campaign: FullCampaign; report: CampaignReport | undefined }) {
  const t = useT();
  const { campaign, report } = props;
  const [asking, setAsking] = useState<CampaignAct | null>(null);
  const maySend = useCan('campaigns_send');
  const [first, ...others] = maySend ? actsFor(campaign, report) : [];
  return (
    <>
      <InTopBar>
        {others.length > 0 && (
          <Menu
            align="end"
            trigger={
              <IconButton tooltip={false} label={t('campaigns.moreActions')} icon={<MoreHorizontal />} />
            }
          >
            {others.map((act) => (
              <MenuItem
                key={act}
                icon={icons[act]}
                tone={act === 'cancel' ? 'danger' : 'normal'}
                onSelect={() => setAsking(act)}
              >
                {t(`campaigns.act.${act}`)}…
              </MenuItem>
            ))}
          </Menu>
        )}
        {first && (
          <Button
            variant={first === 'resume' ? 'primary' : 'secondary'}
            icon={icons[first]}
            onClick={() => setAsking(first)}
          >
            <span className="max-sm:sr-only">{t(`campaigns.act.${first}`)}…</span>
          </Button>
        )}
      </InTopBar>
      {asking && (
        <ActDialog
          campaign={campaign}
          act={asking}
          early={!campaign.startedAt}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}
