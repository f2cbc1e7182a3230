import { useInfiniteQuery } from '@tanstack/react-query';
import { MailX } from 'lucide-react';
import type { CampaignRecipient, CampaignState, RecipientState } from '@/api/schema';
import { DataTable } from '@/components/patterns/DataTable';
import { EmptyState } from '@/components/patterns/EmptyState';
import { QueryStates } from '@/components/patterns/QueryStates';
import type { DataColumn } from '@/components/patterns/table-model';
import { Badge } from '@/components/ui/badge';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { recipientsOptions } from '@/queries/campaigns';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { RecipientStateBadge } from './StateBadge';

export interface LedgerProps {
  campaign: { id: string; state: CampaignState; planned: boolean };
  state: RecipientState | undefined;
  /** How many the filter finds, by the report. */
  total: number | undefined;
}

/** Each recipient and what came of his mail. */
export function Ledger({ campaign, state, total }: LedgerProps) {
  const t = useT();
  const list = useInfiniteQuery(
    recipientsOptions(useOrgId(), campaign.id, { campaign: campaign.state, state }),
  );
  const columns = useColumns();
  return (
    <QueryStates query={list}>
      <DataTable
        label={t('campaigns.recipients')}
        columns={columns}
        rows={rows(list.data)}
        rowId={({ id }) => id}
        rowLabel={({ email }) => email}
        {...(total === undefined ? {} : { total })}
        hasMore={list.hasNextPage}
        loadingMore={list.isFetchingNextPage}
        onLoadMore={() => void list.fetchNextPage()}
        empty={
          <EmptyState
            level={3}
            icon={<MailX />}
            title={t('campaigns.ledgerNone')}
            description={campaign.planned ? undefined : t('campaigns.ledgerSoon')}
          />
        }
      />
    </QueryStates>
  );
}

const nameOf = ({ firstName, lastName }: CampaignRecipient) =>
  [firstName, lastName].filter(Boolean).join(' ');

function useColumns(): DataColumn<CampaignRecipient>[] {
  const t = useT();
  const format = useFormat();
  return [
    {
      id: 'email',
      header: t('campaigns.email'),
      width: 'minmax(200px, 2fr)',
      card: 'title',
      cell: ({ email }) => <span className="truncate font-medium">{email}</span>,
    },
    {
      id: 'name',
      header: t('campaigns.recipientName'),
      width: 'minmax(120px, 1fr)',
      cell: (row) => <span className="truncate text-muted">{nameOf(row)}</span>,
      isEmpty: (row) => nameOf(row) === '',
    },
    {
      id: 'state',
      header: t('campaigns.stateLabel'),
      width: 'minmax(150px, 1fr)',
      cell: ({ state, unsubscribedAt }) => (
        <span className="flex flex-wrap gap-1">
          <RecipientStateBadge state={state} />
          {unsubscribedAt && <Badge>{t('campaigns.reason.unsubscribed')}</Badge>}
        </span>
      ),
    },
    {
      id: 'said',
      header: t('campaigns.said'),
      width: 'minmax(160px, 2fr)',
      cell: ({ error }) => (
        <span className="truncate text-muted" title={error ?? undefined}>
          {error ?? ''}
        </span>
      ),
      isEmpty: ({ error }) => !error,
    },
    {
      id: 'when',
      header: t('campaigns.when'),
      width: '176px',
      cell: ({ finishedAt }) => (
        <span className="num text-muted">{finishedAt ? format.dateTime(finishedAt) : ''}</span>
      ),
      isEmpty: ({ finishedAt }) => !finishedAt,
    },
  ];
}
