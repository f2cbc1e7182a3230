import { type InfiniteData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { CircleDot, Link2, Lock, Pencil, Plus, Unlink } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { TicketActivity, TicketBoard, TicketComment } from '@/api/schema';
import type { Page } from '@/api/types';
import { ErrorState } from '@/components/patterns/ErrorState';
import { Timeline, type TimelineItem } from '@/components/patterns/Timeline';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/components/ui/preferences';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { ticketCommentsOptions } from '@/queries/ticketComments';
import { ticketLinksOptions } from '@/queries/ticketLinks';
import { ticketActivityOptions } from '@/queries/tickets';
import { activityTexts } from './activity-text';
import { CommentBody } from './CommentBody';
import { CommentMenu } from './CommentMenu';
import type { People } from './use-people';

export interface TicketTimelineProps {
  ticket: string;
  board: TicketBoard | undefined;
  people: People;
}

const marks: Record<string, ReactNode> = {
  opened: <Plus />,
  changed: <Pencil />,
  linked: <Link2 />,
  unlinked: <Unlink />,
};

/** Activity and comments in one line, the oldest first. */
export function TicketTimeline({ ticket, board, people }: TicketTimelineProps) {
  const t = useT();
  const format = useFormat();
  const org = useOrgId();
  const comments = useInfiniteQuery({ ...ticketCommentsOptions(org, ticket), throwOnError: false });
  const activities = useInfiniteQuery({ ...ticketActivityOptions(org, ticket), throwOnError: false });
  const links = useQuery({ ...ticketLinksOptions(org, ticket), throwOnError: false });
  const [editing, setEditing] = useState<string | null>(null);
  const error = comments.error ?? activities.error;
  if (error && !(comments.data && activities.data)) {
    const retry = () => void Promise.all([comments.refetch(), activities.refetch()]);
    return <ErrorState description={problemText(t, error)} onRetry={retry} />;
  }
  if (comments.isPending || activities.isPending) return <TimelineSkeleton />;

  const linked = (id: string) => {
    const link = links.data?.find(({ ticketId }) => ticketId === id);
    return link && `#${format.number(link.ticketNumber)} ${link.ticketTitle}`;
  };
  const sources = { t, format, people, board, linked };
  // Both come newest first. What is older than the end of either could have a gap in it, so it waits for more.
  const since = [horizon(comments, (row) => row.createdAt), horizon(activities, (row) => row.at)]
    .toSorted()
    .at(-1);
  const items = [
    ...rows(activities.data).flatMap((activity) =>
      activityItems(activity, activityTexts(activity, sources), format),
    ),
    ...rows(comments.data).map((comment) =>
      commentItem(comment, {
        author: people.name(comment.authorId),
        picture: people.picture(comment.authorId),
        time: format.relative(comment.createdAt),
        title: format.dateTime(comment.createdAt),
        edited: comment.editedAt && !comment.deletedAt ? t('tickets.edited') : undefined,
        note: t('tickets.internal'),
        body: (
          <CommentBody
            ticket={ticket}
            comment={comment}
            people={people}
            editing={editing === comment.id}
            onDone={() => setEditing(null)}
          />
        ),
        actions: (
          <CommentMenu
            ticket={ticket}
            comment={comment}
            people={people}
            onEdit={() => setEditing(comment.id)}
          />
        ),
      }),
    ),
  ]
    .filter(({ dateTime }) => since === undefined || dateTime >= since)
    .toSorted((a, b) => a.dateTime.localeCompare(b.dateTime) || a.id.localeCompare(b.id));
  const hasMore = comments.hasNextPage || activities.hasNextPage;
  const more = () => {
    if (comments.hasNextPage) void comments.fetchNextPage();
    if (activities.hasNextPage) void activities.fetchNextPage();
  };
  return (
    <div className="flex flex-col gap-3">
      {hasMore && (
        <Button
          size="sm"
          variant="ghost"
          className="self-start"
          busy={comments.isFetchingNextPage || activities.isFetchingNextPage}
          onClick={more}
        >
          {t('tickets.showEarlier')}
        </Button>
      )}
      <Timeline label={t('tickets.activity')} items={items} />
    </div>
  );
}

interface Paged<T> {
  data: InfiniteData<Page<T>> | undefined;
  hasNextPage: boolean;
}

/** The time of the oldest row that is loaded, if there are older ones. */
function horizon<T>({ data, hasNextPage }: Paged<T>, at: (row: T) => string): string {
  const last = data?.pages.at(-1)?.data.at(-1);
  return hasNextPage && last ? at(last) : '';
}

function activityItems(
  activity: TicketActivity,
  texts: readonly string[],
  format: ReturnType<typeof useFormat>,
): TimelineItem[] {
  return texts.map((text, index) => ({
    id: `${activity.id}-${index}`,
    mark: marks[activity.kind] ?? <CircleDot />,
    text: <span className="text-muted">{text}</span>,
    time: format.relative(activity.at),
    dateTime: activity.at,
    timeTitle: format.dateTime(activity.at),
  }));
}

interface CommentParts {
  author: string;
  picture: string | undefined;
  time: string;
  title: string;
  edited: string | undefined;
  note: string;
  body: ReactNode;
  actions: ReactNode;
}

function commentItem(comment: TicketComment, parts: CommentParts): TimelineItem {
  const internal = comment.visibility === 'internal';
  return {
    id: comment.id,
    mark: <Avatar name={parts.author} src={parts.picture} decorative />,
    text: (
      <span className="flex flex-wrap items-center gap-x-2">
        <span className="font-medium">{parts.author}</span>
        {internal && (
          <Badge tone="warning" icon={<Lock />}>
            {parts.note}
          </Badge>
        )}
        {parts.edited && <span className="text-meta text-muted">{parts.edited}</span>}
      </span>
    ),
    time: parts.time,
    dateTime: comment.createdAt,
    timeTitle: parts.title,
    body: parts.body,
    actions: parts.actions,
    tone: internal ? 'note' : 'plain',
  };
}

function TimelineSkeleton() {
  return (
    <Loading>
      <div className="flex flex-col gap-4">
        {['a', 'b', 'c'].map((key) => (
          <div key={key} className="flex gap-3">
            <Skeleton className="size-6 rounded-full" />
            <div className="flex flex-1 flex-col gap-2">
              <Skeleton className="h-4 w-48" />
              <Skeleton className="h-12 w-full" />
            </div>
          </div>
        ))}
      </div>
    </Loading>
  );
}
