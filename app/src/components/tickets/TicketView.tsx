import { useQuery } from '@tanstack/react-query';
import { Compass } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FullTicket, TicketBoard, UpdateTicket } from '@/api/schema';
import { DetailLayout } from '@/components/patterns/DetailLayout';
import { EmptyState } from '@/components/patterns/EmptyState';
import { ErrorState } from '@/components/patterns/ErrorState';
import { InlineEdit } from '@/components/patterns/InlineEdit';
import { useMedia } from '@/components/patterns/use-media';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { isCode, ProblemError } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { useCan } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import { ticketBoardOptions } from '@/queries/ticketBoard';
import { ticketOptions } from '@/queries/tickets';
import { CommentBox } from './CommentBox';
import { useFieldOptions } from './field-options';
import { fetchFileParts, TicketFiles } from './files';
import { TicketConflict } from './TicketConflict';
import { TicketDescription } from './TicketDescription';
import { TicketLinks } from './TicketLinks';
import { TicketProperties } from './TicketProperties';
import { TicketTimeline } from './TicketTimeline';
import { TicketWatchers } from './TicketWatchers';
import { type People, usePeople } from './use-people';
import { type Conflict, useTicketEdit } from './use-ticket-edit';

export interface TicketViewProps {
  id: string;
  /** A page has its properties at the right; a panel is too narrow for that. */
  layout: 'page' | 'panel';
}

/** A ticket with everything that belongs to it. */
export function TicketView({ id, layout }: TicketViewProps) {
  const t = useT();
  const ticket = useQuery({ ...ticketOptions(useOrgId(), id), throwOnError: false });
  useEffect(fetchFileParts, []);
  if (ticket.data) return <Loaded key={id} ticket={ticket.data} layout={layout} />;
  if (isCode(ticket.error, 'not_found')) {
    return (
      <EmptyState
        level={layout === 'page' ? 1 : 2}
        icon={<Compass />}
        title={t('tickets.goneTitle')}
        description={t('tickets.goneText')}
      />
    );
  }
  if (ticket.error) {
    return (
      <ErrorState
        level={layout === 'page' ? 1 : 2}
        description={problemText(t, ticket.error)}
        requestId={ticket.error instanceof ProblemError ? ticket.error.requestId : undefined}
        onRetry={() => void ticket.refetch()}
        retrying={ticket.isFetching}
      />
    );
  }
  return <ViewSkeleton />;
}

function Loaded({ ticket, layout }: { ticket: FullTicket; layout: TicketViewProps['layout'] }) {
  const t = useT();
  const people = usePeople();
  const board = useQuery(ticketBoardOptions(useOrgId())).data;
  const mayWrite = useCan('tickets_update');
  const wide = useMedia('(min-width: 1024px)');
  const area = useRef<HTMLDivElement>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const edit = useTicketEdit(useCallback((found: Conflict) => setConflict(found), []));
  const change = (wanted: UpdateTicket, base = ticket) => {
    setConflict(null);
    void edit({ base, change: wanted });
  };
  const title = (
    <h1 className="font-semibold text-page">
      <InlineEdit
        label={t('tickets.title')}
        value={ticket.title}
        maxLength={200}
        disabled={!mayWrite}
        className="font-semibold text-page"
        onSave={(next) => change({ title: next })}
      />
    </h1>
  );
  const bar = conflict && (
    <TicketConflict
      conflict={conflict}
      people={people}
      onKeep={() => change(conflict.change, conflict.theirs)}
      onTake={() => setConflict(null)}
    />
  );
  const description = (
    <div ref={area} className="relative flex flex-col gap-3">
      <TicketDescription
        ticket={ticket}
        people={people}
        onSave={(text, base) => change({ description: text === '' ? null : text }, base)}
      />
      <TicketFiles ticket={ticket.id} name={people.name} area={area} />
    </div>
  );
  const side = <Side ticket={ticket} people={people} onChange={change} />;
  const talk = <Conversation id={ticket.id} people={people} board={board} />;
  // On a phone and in the panel one reads first, then the properties.
  if (layout === 'page' && wide) {
    return (
      <DetailLayout side={side}>
        <div className="flex flex-col gap-4">
          {bar}
          {title}
          {description}
          {talk}
        </div>
      </DetailLayout>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {bar}
      {title}
      {description}
      <div className="border-line border-t pt-4">{side}</div>
      {talk}
    </div>
  );
}

interface SideProps {
  ticket: FullTicket;
  people: People;
  onChange: (change: UpdateTicket) => void;
}

function Side({ ticket, people, onChange }: SideProps) {
  const { requester } = useFieldOptions({ board: undefined, people, tags: [] });
  return (
    <div className="flex flex-col gap-4">
      <TicketProperties ticket={ticket} people={people} onChange={onChange} />
      <TicketLinks ticket={ticket} />
      <TicketWatchers ticket={ticket.id} people={people} persons={requester} />
    </div>
  );
}

interface ConversationProps {
  id: string;
  people: People;
  board: TicketBoard | undefined;
}

/** What happened and what was said, and the box to say more, which stays in view. */
function Conversation({ id, people, board }: ConversationProps) {
  const t = useT();
  const mayComment = useCan('ticket_comments_create');
  return (
    <section aria-label={t('tickets.activity')} className="flex flex-col gap-3 border-line border-t pt-4">
      <h2 className="font-semibold text-section">{t('tickets.activity')}</h2>
      <TicketTimeline ticket={id} board={board} people={people} />
      {mayComment && (
        <div className="sticky bottom-0 z-20 bg-surface pb-4">
          <CommentBox ticket={id} people={people} />
        </div>
      )}
    </section>
  );
}

function ViewSkeleton() {
  return (
    <Loading>
      <div className="flex gap-8">
        <div className="flex max-w-reading flex-1 flex-col gap-4">
          <Skeleton className="h-7 w-3/5" />
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-4 w-4/5" />
          <Skeleton className="mt-6 h-16 w-full" />
        </div>
        <div className="hidden w-properties flex-col gap-3 lg:flex">
          {['a', 'b', 'c', 'd', 'e'].map((key) => (
            <Skeleton key={key} className="h-5 w-full" />
          ))}
        </div>
      </div>
    </Loading>
  );
}
