import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { DataTable } from '@/components/patterns/DataTable';
import type { DataColumn } from '@/components/patterns/table-model';
import { useFormat } from '@/components/ui/preferences';
import { Progress } from '@/components/ui/progress';
import { useT } from '@/i18n/i18n';
import { campaignReportOptions, type ListedCampaign } from '@/queries/campaigns';
import { useOrgId } from '@/queries/org';
import { CampaignStateBadge } from './StateBadge';
import { useAudienceText } from './use-audience-text';

export interface CampaignTableProps {
  rows: readonly ListedCampaign[];
  onOpen: (campaign: ListedCampaign) => void;
  hasMore: boolean;
  loadingMore: boolean;
  onLoadMore: () => void;
  empty: ReactNode;
}

export function CampaignTable(props: CampaignTableProps) {
  const t = useT();
  return (
    <DataTable
      label={t('nav.campaigns')}
      columns={useColumns()}
      rowId={({ id }) => id}
      rowLabel={({ name }) => name}
      {...props}
    />
  );
}

const hasLedger = ({ state, startedAt }: ListedCampaign) => state !== 'draft' && Boolean(startedAt);

function useColumns(): DataColumn<ListedCampaign>[] {
  const t = useT();
  const audience = useAudienceText();
  return [
    {
      id: 'name',
      header: t('campaigns.name'),
      width: 'minmax(200px, 3fr)',
      card: 'title',
      cell: ({ name }) => <span className="truncate font-medium">{name}</span>,
    },
    {
      id: 'state',
      header: t('campaigns.stateLabel'),
      width: '120px',
      cell: ({ state }) => <CampaignStateBadge state={state} />,
    },
    {
      id: 'audience',
      header: t('campaigns.audience'),
      width: 'minmax(140px, 2fr)',
      cell: (campaign) => <span className="truncate text-muted">{audience(campaign.audience)}</span>,
    },
    {
      id: 'sent',
      header: t('campaigns.sentOf'),
      width: 'minmax(160px, 1fr)',
      cell: (campaign) => (hasLedger(campaign) ? <SentOf campaign={campaign} /> : <span>–</span>),
      isEmpty: (campaign) => !hasLedger(campaign),
    },
    {
      id: 'when',
      header: t('campaigns.when'),
      width: '232px',
      cell: (campaign) => <When campaign={campaign} />,
    },
  ];
}

/** How many of all got it, and how many will not for a fault. */
function SentOf({ campaign }: { campaign: ListedCampaign }) {
  const t = useT();
  const format = useFormat();
  const { data } = useQuery({
    ...campaignReportOptions(useOrgId(), campaign.id, campaign.state),
    throwOnError: false,
  });
  if (!data) return <span className="text-muted">…</span>;
  const { sent, recipients } = data;
  const lost = data.failed + data.bounced;
  const shown = t('campaigns.nOfM', { sent: format.number(sent), all: format.number(recipients) });
  return (
    <span className="flex min-w-0 flex-1 flex-col gap-1">
      <span className="num flex gap-2">
        {shown}
        {lost > 0 && (
          <span className="text-danger">
            {t('campaigns.nFailed', { count: lost, shown: format.number(lost) })}
          </span>
        )}
      </span>
      {campaign.state === 'sending' && (
        <Progress label={campaign.name} value={sent} max={recipients} valueText={shown} />
      )}
    </span>
  );
}

function When({ campaign }: { campaign: ListedCampaign }) {
  const t = useT();
  const format = useFormat();
  const { scheduledAt, startedAt, updatedAt, state } = campaign;
  const at = (state === 'scheduled' && scheduledAt) || startedAt || updatedAt;
  const said =
    state === 'scheduled' ? 'campaigns.forTime' : startedAt ? 'campaigns.startedAt' : 'campaigns.changedAt';
  return <span className="num truncate text-muted">{t(said, { time: format.dateTime(at) })}</span>;
}
