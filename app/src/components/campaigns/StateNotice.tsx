import type { CampaignReport } from '@/api/schema';
import { Callout } from '@/components/ui/callout';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { dayIn } from '@/lib/time';
import type { FullCampaign } from '@/queries/campaigns';

export interface StateNoticeProps {
  campaign: FullCampaign;
  report: CampaignReport | undefined;
}

/** What goes on, in plain words, and what somebody has to look at. */
export function StateNotice({ campaign, report }: StateNoticeProps) {
  return (
    <>
      <Standing campaign={campaign} report={report} />
      <Uncertain report={report} state={campaign.state} />
      <GivenUp report={report} state={campaign.state} />
    </>
  );
}

function Standing({ campaign: { state, scheduledAt, startedAt, planned }, report }: StateNoticeProps) {
  const t = useT();
  const format = useFormat();
  const { timeZone } = usePreferences();
  if (state === 'draft') return <Callout>{t('campaigns.draftText')}</Callout>;
  if (state === 'scheduled' && scheduledAt) {
    const day = format.dayOther(dayIn(scheduledAt, timeZone));
    return (
      <Callout title={t('campaigns.scheduledTitle', { time: format.dateTime(scheduledAt), day })}>
        {t('campaigns.scheduledText')}
      </Callout>
    );
  }
  if (state === 'sending') {
    return <Callout>{planned ? t('campaigns.sendingText') : t('campaigns.planningText')}</Callout>;
  }
  if (state === 'paused') {
    return (
      <Callout tone="warning" title={t('campaigns.pausedTitle')}>
        {t('campaigns.pausedText', {
          count: report?.pending ?? 0,
          shown: format.number(report?.pending ?? 0),
        })}
      </Callout>
    );
  }
  if (state === 'cancelled') {
    return <Callout>{startedAt ? t('campaigns.cancelledText') : t('campaigns.cancelledEarly')}</Callout>;
  }
  return null;
}

interface LookProps {
  report: CampaignReport | undefined;
  state: FullCampaign['state'];
}

function Uncertain({ report, state }: LookProps) {
  const t = useT();
  const format = useFormat();
  const count = report?.uncertain ?? 0;
  if (count === 0 || state === 'sending') return null;
  return (
    <Callout tone="warning" title={t('campaigns.uncertainTitle', { count, shown: format.number(count) })}>
      {t('campaigns.uncertainText')}
    </Callout>
  );
}

/** Refused for now until there was no try left: another day may do. */
function GivenUp({ report, state }: LookProps) {
  const t = useT();
  const format = useFormat();
  const count = report?.gaveUp ?? 0;
  if (count === 0 || state === 'sending' || state === 'cancelled') return null;
  return (
    <Callout tone="warning" title={t('campaigns.gaveUpTitle', { count, shown: format.number(count) })}>
      {t('campaigns.gaveUpText')}
    </Callout>
  );
}
