import { ListFilter, Ticket as TicketIcon } from 'lucide-react';
import { EmptyState } from '@/components/patterns/EmptyState';
import { ErrorState } from '@/components/patterns/ErrorState';
import { Button } from '@/components/ui/button';
import { useT } from '@/i18n/i18n';
import { ProblemError } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { useCan } from '@/queries/bootstrap';
import { TicketBoard, type TicketsViewProps } from './TicketBoard';
import { TicketList } from './TicketList';
import { TicketsSkeleton } from './TicketsSkeleton';

export interface TicketsBodyProps extends TicketsViewProps {
  view: 'board' | 'list';
  byHand: boolean;
  filtered: boolean;
  onCreate: () => void;
  onClearFilters: () => void;
}

/** Board or list, or why there is neither. */
export function TicketsBody(props: TicketsBodyProps) {
  const t = useT();
  const { view, lanes, filtered } = props;
  const mayCreate = useCan('tickets_create');
  const failed = lanes.find(({ error }) => error);
  if (failed) {
    return (
      <ErrorState
        description={problemText(t, failed.error)}
        requestId={failed.error instanceof ProblemError ? failed.error.requestId : undefined}
        onRetry={() => {
          for (const lane of lanes) if (lane.error) lane.retry();
        }}
      />
    );
  }
  if (lanes.some(({ isPending }) => isPending)) return <TicketsSkeleton view={view} />;
  const isEmpty = lanes.every(({ total }) => total === 0);
  if (isEmpty && filtered) {
    return (
      <EmptyState
        icon={<ListFilter />}
        title={t('tickets.noneMatch')}
        description={t('tickets.noneMatchText')}
        action={<Button onClick={props.onClearFilters}>{t('patterns.clearFilters')}</Button>}
      />
    );
  }
  if (isEmpty) {
    return (
      <EmptyState
        icon={<TicketIcon />}
        title={t('tickets.noneYet')}
        description={t('tickets.noneYetText')}
        action={
          mayCreate && (
            <Button variant="primary" onClick={props.onCreate}>
              {t('tickets.new')}
            </Button>
          )
        }
      />
    );
  }
  if (view === 'list') return <TicketList {...props} />;
  return (
    <div className="h-full p-4 pt-3 pb-2">
      <TicketBoard {...props} />
    </div>
  );
}
