import { Trans } from '@lingui/react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Bot } from 'lucide-react';
import type { Bootstrap } from '@/api/schema';
import { LoadFailed } from '@/components/account/AccountPage';
import { useNames } from '@/components/inbox/InboxList';
import { Avatar } from '@/components/ui/avatar';
import { useFormat } from '@/components/ui/preferences';
import { Loading, SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { recentEventsOptions } from '@/queries/activity';
import { useCan } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { ticketListOptions } from '@/queries/tickets';
import { usePictures } from '@/queries/users';
import { type Line, linesOf } from './activity-model';
import { DashboardSection } from './DashboardSection';
import { TicketLink } from './TicketsLink';

const SHOWN = 10;

/** Events carry ids only; the titles come with the tickets that changed last. */
function useTitles(): (id: string) => string | undefined {
  const enabled = useCan('tickets_list');
  const options = ticketListOptions(useOrgId(), { sort: '-updatedAt', limit: 50 });
  const { data } = useInfiniteQuery({ ...options, enabled, throwOnError: false });
  const known = rows(data);
  return (id) => known.find((ticket) => ticket.id === id)?.title;
}

/** What others did last. */
export function Activity({ boot }: { boot: Bootstrap }) {
  const t = useT();
  const { data, error, refetch } = useQuery(recentEventsOptions(boot.organization.id, boot.cursor));
  const nameOf = useNames();
  const pictures = usePictures();
  const titleOf = useTitles();
  const lines = linesOf(data ?? [], SHOWN);
  return (
    <DashboardSection title={t('dashboard.activity')}>
      {error && <LoadFailed error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <Loading>
          <SkeletonRows rows={11} />
        </Loading>
      )}
      {data && lines.length === 0 && (
        <p className="border-line border-t pt-3 text-dense text-muted">{t('dashboard.quiet')}</p>
      )}
      <ol
        aria-label={t('dashboard.activity')}
        className="flex flex-col gap-3 border-line border-t pt-3 empty:hidden"
      >
        {lines.map((line) => (
          <ActivityLine
            key={line.event.id}
            line={line}
            actor={nameOf(line.event.actor.userId)}
            picture={pictures.get(line.event.actor.userId ?? '')}
            title={line.ticketId === undefined ? undefined : titleOf(line.ticketId)}
          />
        ))}
      </ol>
    </DashboardSection>
  );
}

interface LineProps {
  line: Line;
  actor: string | undefined;
  picture: string | undefined;
  title: string | undefined;
}

function useStatusNames(): Record<string, string> {
  const t = useT();
  return {
    open: t('dashboard.statusOpen'),
    in_progress: t('dashboard.statusInProgress'),
    waiting: t('dashboard.statusWaiting'),
    resolved: t('dashboard.statusResolved'),
    closed: t('dashboard.statusClosed'),
  };
}

function ActivityLine({ line, actor, picture, title }: LineProps) {
  const t = useT();
  const format = useFormat();
  const statuses = useStatusNames();
  const { event, ticketId, number, status } = line;
  const ticket = number === undefined ? '' : `#${format.number(number)}`;
  // As an element: a name with tags in it would be read as part of the text.
  const who = <>{actor ?? t('inbox.somebody')}</>;
  const values = { actor: who, ticket, status: statuses[status ?? ''] ?? '' };
  const link =
    ticketId === undefined ? (
      <span />
    ) : (
      <TicketLink id={ticketId} className="num rounded-chip font-medium hover:underline" />
    );
  return (
    <li className="flex gap-2.5 text-dense">
      {actor ? (
        <Avatar name={actor} src={picture} decorative />
      ) : (
        <Bot aria-hidden="true" className="m-1 size-4 shrink-0 text-muted" />
      )}
      <div className="min-w-0 flex-1">
        <p className="min-w-0">
          <Trans id={line.text} values={values} components={{ t: link }} />
        </p>
        <p className="flex gap-2 text-meta text-muted">
          {title && <span className="min-w-0 flex-1 truncate">{title}</span>}
          <time
            dateTime={event.occurredAt}
            title={format.dateTime(event.occurredAt)}
            className="num shrink-0"
          >
            {format.relative(event.occurredAt)}
          </time>
        </p>
      </div>
    </li>
  );
}
