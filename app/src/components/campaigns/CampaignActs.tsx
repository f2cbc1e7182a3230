import { useNavigate } from '@tanstack/react-router';
import { Ban, CalendarX, Copy, MoreHorizontal, Pause, Play, RefreshCw, Send } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { CampaignReport } from '@/api/schema';
import { InTopBar } from '@/components/layout/TopBar';
import { tellProblem } from '@/components/patterns/tell';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { type CampaignAct, type FullCampaign, useCreateCampaign } from '@/queries/campaigns';
import { useSession } from '@/stores/session';
import { ActDialog } from './ActDialog';
import { audienceKey, audienceOf } from './draft-model';

const icons: Record<CampaignAct, ReactNode> = {
  send: <Send />,
  unschedule: <CalendarX />,
  pause: <Pause />,
  resume: <Play />,
  cancel: <Ban />,
  'resend-uncertain': <RefreshCw />,
  'resend-failed': <RefreshCw />,
};

/** What can be done to a campaign in its state: the first one stands out. */
export function actsFor(
  { state }: Pick<FullCampaign, 'state'>,
  report: CampaignReport | undefined,
): CampaignAct[] {
  const again: CampaignAct[] = [
    ...((report?.gaveUp ?? 0) > 0 ? (['resend-failed'] as const) : []),
    ...((report?.uncertain ?? 0) > 0 ? (['resend-uncertain'] as const) : []),
  ];
  if (state === 'scheduled') return ['unschedule', 'send', 'cancel'];
  if (state === 'sending') return ['pause', 'cancel'];
  if (state === 'paused') return ['resume', ...again, 'cancel'];
  return state === 'sent' ? again : [];
}

export function CampaignActs(props: { campaign: FullCampaign; report: CampaignReport | undefined }) {
  const t = useT();
  const { campaign, report } = props;
  const [asking, setAsking] = useState<CampaignAct | null>(null);
  const maySend = useCan('campaigns_send');
  const [first, ...others] = maySend ? actsFor(campaign, report) : [];
  const copy = useCopy(campaign);
  return (
    <>
      <InTopBar>
        {(others.length > 0 || copy) && (
          <Menu
            align="end"
            trigger={
              <IconButton tooltip={false} label={t('campaigns.moreActions')} icon={<MoreHorizontal />} />
            }
          >
            {copy && (
              <MenuItem icon={<Copy />} onSelect={copy}>
                {t('campaigns.copy')}
              </MenuItem>
            )}
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

const NAME = 120;

/** The same text and audience once more, as a draft; `undefined` for those who may not write one. */
function useCopy({ name, subject, body, audience }: FullCampaign): (() => void) | undefined {
  const t = useT();
  const navigate = useNavigate();
  const slug = useSession((session) => session.organization?.slug ?? '');
  const create = useCreateCampaign();
  const may = useCan('campaigns_create');
  if (!may) return undefined;
  const copy = {
    name: t('campaigns.copyOf', { name }).slice(0, NAME),
    subject,
    body,
    audience: audienceOf(audienceKey(audience)),
  };
  return () =>
    create.mutate(copy, {
      onSuccess: ({ id }) => {
        toast({ title: t('campaigns.copied'), tone: 'success' });
        void navigate({ to: '/o/$slug/campaigns/$campaignId', params: { slug, campaignId: id } });
      },
      onError: (error) => tellProblem(t, error),
    });
}
