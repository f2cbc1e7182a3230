import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { CampaignReport, RecipientState } from '@/api/schema';
import { QueryStates } from '@/components/patterns/QueryStates';
import { useFormat } from '@/components/ui/preferences';
import { Skeleton } from '@/components/ui/skeleton';
import { Tabs } from '@/components/ui/tabs';
import { useT } from '@/i18n/i18n';
import { campaignReportOptions, type FullCampaign } from '@/queries/campaigns';
import { keys } from '@/queries/keys';
import { useOrgId } from '@/queries/org';
import { CampaignActs } from './CampaignActs';
import { Figures } from './Figures';
import { Ledger } from './Ledger';
import { MailPreview } from './MailPreview';
import { CampaignStateBadge } from './StateBadge';
import { StateNotice } from './StateNotice';
import type { CampaignSearchParams } from './search';
import { useAudienceText } from './use-audience-text';

export interface CampaignViewProps {
  campaign: FullCampaign;
  search: CampaignSearchParams;
  onSearch: (change: CampaignSearchParams) => void;
}

/** A campaign that is no draft any more: where it stands, what became of everybody, and the mail itself. */
export function CampaignView({ campaign, search, onSearch }: CampaignViewProps) {
  const t = useT();
  const org = useOrgId();
  const started = Boolean(campaign.startedAt);
  const report = useQuery({
    ...campaignReportOptions(org, campaign.id, campaign.state),
    enabled: started,
    // Bounces and words of their owners come long after the last mail.
    staleTime: 0,
  });
  useFreshLedger(campaign);
  const { recipients: state, tab } = search;
  const ledger = (
    <QueryStates query={report} skeleton={<Skeleton className="h-40" />}>
      {report.data && (
        <div className="flex flex-col gap-4">
          <Figures report={report.data} state={state} onPick={(picked) => onSearch({ recipients: picked })} />
          <Ledger campaign={campaign} state={state} total={countOf(report.data, state)} />
        </div>
      )}
    </QueryStates>
  );
  return (
    <>
      <CampaignActs campaign={campaign} report={report.data} />
      <div className="mx-auto flex max-w-300 flex-col gap-4">
        <Head campaign={campaign} />
        <StateNotice campaign={campaign} report={report.data} />
        {started ? (
          <Tabs
            label={campaign.name}
            value={tab ?? 'recipients'}
            onValueChange={(next) => onSearch({ tab: next === 'mail' ? 'mail' : undefined })}
            items={[
              { value: 'recipients', label: t('campaigns.recipients'), content: ledger },
              { value: 'mail', label: t('campaigns.mail'), content: <Mail campaign={campaign} /> },
            ]}
          />
        ) : (
          <Mail campaign={campaign} />
        )}
      </div>
    </>
  );
}

const countOf = (report: CampaignReport, state: RecipientState | undefined) =>
  state ? report[state] : report.recipients;

function Head({ campaign }: { campaign: FullCampaign }) {
  const t = useT();
  const format = useFormat();
  const audience = useAudienceText();
  const { startedAt, finishedAt } = campaign;
  const facts = [
    audience(campaign.audience),
    startedAt && t('campaigns.startedAt', { time: format.dateTime(startedAt) }),
    finishedAt && startedAt && t('campaigns.finishedAt', { time: format.dateTime(finishedAt) }),
  ];
  return (
    <header className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="min-w-0 break-words font-semibold text-page">{campaign.name}</h1>
        <CampaignStateBadge state={campaign.state} />
      </div>
      <p className="num text-dense text-muted">{facts.filter(Boolean).join(' · ')}</p>
    </header>
  );
}

function Mail({ campaign }: { campaign: FullCampaign }) {
  return (
    <div className="max-w-200">
      <MailPreview campaign={campaign} />
    </div>
  );
}

/** The ledger is asked for now and then; when the state changes, it is what has to be right. */
function useFreshLedger({ id, state }: FullCampaign) {
  const client = useQueryClient();
  const org = useOrgId();
  const shown = useRef(state);
  useEffect(() => {
    if (shown.current === state) return;
    shown.current = state;
    void client.invalidateQueries({ queryKey: keys.campaigns.report(org, id) });
    void client.invalidateQueries({ queryKey: keys.campaigns.ledger(org, id) });
  }, [client, org, id, state]);
}
