import { Link } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Suppression } from '@/api/schema';
import { useHref } from '@/components/layout/use-go';
import { DataTable } from '@/components/patterns/DataTable';
import type { DataColumn } from '@/components/patterns/table-model';
import { dialogProblem } from '@/components/patterns/tell';
import { Badge } from '@/components/ui/badge';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { IconButton } from '@/components/ui/icon-button';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { useRelease } from '@/queries/suppressions';

export interface SuppressionTableProps {
  rows: readonly Suppression[];
  hasMore: boolean;
  loadingMore: boolean;
  onLoadMore: () => void;
  empty: ReactNode;
}

/** The word of the address's owner, which nobody else takes back. */
const isOwners = ({ reason }: Suppression) => reason === 'unsubscribed' || reason === 'complained';

export function SuppressionTable(props: SuppressionTableProps) {
  const t = useT();
  const [asking, setAsking] = useState<Suppression | null>(null);
  const mayRemove = useCan('suppressions_remove');
  return (
    <>
      <DataTable
        label={t('campaigns.suppressions')}
        columns={useColumns()}
        rowId={({ id }) => id}
        rowLabel={({ email }) => email}
        {...(mayRemove && {
          rowActions: (row: Suppression) =>
            !isOwners(row) && (
              <IconButton
                size="sm"
                label={t('campaigns.releaseOf', { email: row.email })}
                icon={<Trash2 />}
                onClick={() => setAsking(row)}
              />
            ),
        })}
        {...props}
      />
      {asking && <ReleaseDialog suppression={asking} onClose={() => setAsking(null)} />}
    </>
  );
}

function ReleaseDialog({ suppression, onClose }: { suppression: Suppression; onClose: () => void }) {
  const t = useT();
  const release = useRelease();
  const { id, email, reason } = suppression;
  const confirm = () =>
    release.mutate(
      { id },
      {
        onSuccess: () => {
          toast({ title: t('campaigns.released', { email }), tone: 'success' });
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      tone="normal"
      title={t('campaigns.releaseTitle', { email })}
      description={reason === 'bounced' ? t('campaigns.releaseBounced') : t('campaigns.releaseText')}
      confirmLabel={t('campaigns.release')}
      busy={release.isPending}
      error={dialogProblem(t, release.error)}
      onConfirm={confirm}
    />
  );
}

function useColumns(): DataColumn<Suppression>[] {
  const t = useT();
  const format = useFormat();
  const href = useHref();
  return [
    {
      id: 'email',
      header: t('campaigns.email'),
      width: 'minmax(200px, 2fr)',
      card: 'title',
      cell: ({ email }) => <span className="truncate font-medium">{email}</span>,
    },
    {
      id: 'reason',
      header: t('campaigns.reasonLabel'),
      width: 'minmax(180px, 2fr)',
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-x-2">
          <Badge tone={row.reason === 'bounced' ? 'danger' : 'neutral'}>
            {t(`campaigns.reason.${row.reason}`)}
          </Badge>
          {isOwners(row) && <span className="text-meta text-muted">{t('campaigns.stays')}</span>}
        </span>
      ),
    },
    {
      id: 'campaign',
      header: t('campaigns.campaign'),
      width: '140px',
      cell: ({ campaignId }) =>
        campaignId && (
          <Link to={href({ path: `/campaigns/${campaignId}` })} className="rounded-chip hover:underline">
            {t('campaigns.show')}
          </Link>
        ),
      isEmpty: ({ campaignId }) => !campaignId,
    },
    {
      id: 'since',
      header: t('campaigns.since'),
      width: '140px',
      cell: ({ createdAt }) => <span className="num text-muted">{format.date(createdAt)}</span>,
    },
  ];
}
