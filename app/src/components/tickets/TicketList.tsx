// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scroll area has to be reachable by keyboard
import { Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Ticket } from '@/api/schema';
import { useFirstLook } from '@/components/patterns/use-first-look';
import { deferred } from '@/components/ui/deferred';
import { IconButton } from '@/components/ui/icon-button';
import { LoadMore } from '@/components/ui/load-more';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import type { Lane } from '@/queries/ticketLanes';
import type { LaneView } from './lanes';
import { QuickCreate } from './QuickCreate';
import { placed, useSteady } from './rows';
import type { TicketsViewProps } from './TicketBoard';
import { TicketRow } from './TicketRow';

/** Above this many lines only those in view are in the page. */
const VIRTUAL_FROM = 100;

const FIRST_LOOK = 24;

// Fetched for the first list that is long.
const virtualLines = deferred(() => import('./VirtualLines'));

export type Line =
  | { kind: 'head'; key: string; view: LaneView; lane: Lane }
  | { kind: 'create'; key: string; view: LaneView }
  | { kind: 'ticket'; key: string; ticket: Ticket; position: number; total: number }
  | { kind: 'more'; key: string; lane: Lane };

/** Where a line of a long list stands. */
export interface LinePlace {
  index: number;
  /** Its distance from the begin of the list, px. */
  start: number;
  measure: (element: HTMLElement | null) => void;
}

function linesOf(views: readonly LaneView[], lanes: readonly Lane[], creating: string | null): Line[] {
  return views.flatMap((view): Line[] => {
    const lane = lanes.find(({ id }) => id === view.id);
    // A group without tickets says nothing; with the only group there is nothing to head.
    if (!lane || (lane.tickets.length === 0 && creating !== view.id)) return [];
    return [
      ...(views.length > 1 ? [{ kind: 'head' as const, key: `head-${view.id}`, view, lane }] : []),
      ...(creating === view.id ? [{ kind: 'create' as const, key: `create-${view.id}`, view }] : []),
      ...lane.tickets.map((ticket, index) => ({
        kind: 'ticket' as const,
        key: ticket.id,
        ticket,
        position: index + 1,
        total: lane.total,
      })),
      ...(lane.hasMore ? [{ kind: 'more' as const, key: `more-${view.id}`, lane }] : []),
    ];
  });
}

/** The tickets as lines under the heads of their groups. */
export function TicketList(props: TicketsViewProps) {
  const t = useT();
  const { views, lanes } = props;
  const [creating, setCreating] = useState<string | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const acts = useSteady(props);
  const lines = linesOf(views, lanes, creating);
  const isHere = lines.some(({ kind, key }) => kind === 'ticket' && key === current);
  const tabStop = isHere ? current : lines.find(({ kind }) => kind === 'ticket')?.key;
  const shown = useFirstLook(lines, FIRST_LOOK);
  const virtual = lines.length > VIRTUAL_FROM;
  const long = virtualLines.use(virtual);

  const show = (line: Line, place?: LinePlace) => {
    const common = { dataIndex: place?.index, start: place?.start, measure: place?.measure };
    if (line.kind === 'ticket') {
      const { ticket } = line;
      return (
        <TicketRow
          key={line.key}
          {...common}
          ticket={ticket}
          people={props.people}
          position={line.position}
          total={line.total}
          selected={props.selected.has(ticket.id)}
          selecting={props.selected.size > 0}
          tabbable={tabStop === ticket.id}
          acts={acts}
          onFocusRow={setCurrent}
        />
      );
    }
    return (
      <li key={line.key} ref={common.measure} data-index={common.dataIndex} style={placed(common.start)}>
        {line.kind === 'head' && (
          <GroupHead view={line.view} lane={line.lane} onCreate={() => setCreating(line.view.id)} />
        )}
        {line.kind === 'create' && (
          <div className="border-line border-b px-4 pb-1">
            <QuickCreate name={line.view.name} begin={line.view.begin} onClose={() => setCreating(null)} />
          </div>
        )}
        {line.kind === 'more' && (
          <LoadMore auto hasMore loading={line.lane.loadingMore} onLoadMore={line.lane.loadMore} />
        )}
      </li>
    );
  };
  return (
    <section
      ref={scroller}
      tabIndex={0}
      aria-label={t('tickets.list')}
      className="focus-inset h-full overflow-y-auto pb-16"
    >
      {virtual && long ? (
        <long.VirtualLines lines={lines} scroller={scroller} show={show} />
      ) : (
        <ul data-cards="">{shown.slice(0, VIRTUAL_FROM).map((line) => show(line))}</ul>
      )}
    </section>
  );
}

function GroupHead({ view, lane, onCreate }: { view: LaneView; lane: Lane; onCreate: () => void }) {
  const t = useT();
  const format = useFormat();
  const canCreate = useCan('tickets_create');
  return (
    <div className="flex h-9 items-center gap-2 border-line border-b bg-sunken px-4 [&_svg]:size-4">
      {view.icon}
      <h2 className="min-w-0 truncate font-medium text-dense">{view.name}</h2>
      <span className="num text-meta text-muted">{format.number(lane.total)}</span>
      {canCreate && (
        <IconButton
          size="sm"
          className="ml-auto"
          label={t('tickets.newIn', { name: view.name })}
          icon={<Plus />}
          onClick={onCreate}
        />
      )}
    </div>
  );
}
