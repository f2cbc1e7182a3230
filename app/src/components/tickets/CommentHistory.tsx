import { useInfiniteQuery } from '@tanstack/react-query';
import type { TicketComment } from '@/api/schema';
import { ErrorState } from '@/components/patterns/ErrorState';
import { Markdown } from '@/components/patterns/Markdown';
import { Dialog } from '@/components/ui/dialog';
import { LoadMore } from '@/components/ui/load-more';
import { useFormat } from '@/components/ui/preferences';
import { Loading, SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { commentRevisionsOptions } from '@/queries/ticketComments';
import type { People } from './use-people';

export interface CommentHistoryProps {
  ticket: string;
  comment: TicketComment;
  people: People;
  onClose: () => void;
}

/** What a comment said before it was edited. */
export function CommentHistory({ ticket, comment, people, onClose }: CommentHistoryProps) {
  const t = useT();
  const format = useFormat();
  const revisions = useInfiniteQuery({
    ...commentRevisionsOptions(useOrgId(), ticket, comment.id),
    throwOnError: false,
  });
  return (
    <Dialog open onOpenChange={onClose} title={t('tickets.editHistory')}>
      {revisions.isPending && (
        <Loading>
          <SkeletonRows rows={3} />
        </Loading>
      )}
      {revisions.error && (
        <ErrorState description={problemText(t, revisions.error)} onRetry={() => void revisions.refetch()} />
      )}
      <ol className="flex flex-col gap-3">
        {rows(revisions.data).map((revision) => (
          <li key={revision.version} className="rounded-control border border-line px-3 py-2">
            <p className="mb-1 text-meta text-muted">
              {t('tickets.replacedBy', {
                name: people.name(revision.replacedById),
                date: format.dateTime(revision.replacedAt),
              })}
            </p>
            <Markdown text={revision.body} />
          </li>
        ))}
      </ol>
      <LoadMore
        hasMore={revisions.hasNextPage}
        loading={revisions.isFetchingNextPage}
        onLoadMore={() => void revisions.fetchNextPage()}
      />
    </Dialog>
  );
}
