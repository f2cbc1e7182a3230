import { useQueryClient } from '@tanstack/react-query';
import { type FocusEvent, lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { TicketBoard as BoardFacts, Ticket, UpdateTicket } from '@/api/schema';
import { usePreferences } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { useTicketLanes } from '@/queries/ticketLanes';
import { ticketListOptions } from '@/queries/tickets';
import { DisplayMenu } from './DisplayMenu';
import { useFieldOptions } from './field-options';
import { filterFields, isFiltered } from './filter';
import { lanesOf, MOST_GROUPS_OF_PEOPLE, viewOf } from './lanes';
import type { TicketsSearch } from './search';
import { TicketBulkBar } from './TicketBulkBar';
import { TicketFilters } from './TicketFilters';
import { TicketsBody } from './TicketsBody';
import { TicketsHead } from './TicketsHead';
import { useBulk } from './use-bulk';
import { useChangeOne } from './use-change-one';
import { usePeople } from './use-people';
import { useSelection } from './use-selection';
import { useTicketKeys } from './use-ticket-keys';

// Fetched when somebody opens them, not before the first look at the board.
const BulkReport = lazy(() => import('./BulkReport').then((m) => ({ default: m.BulkReport })));
const CreateTicketDialog = lazy(() =>
  import('./CreateTicketDialog').then((m) => ({ default: m.CreateTicketDialog })),
);
const FieldPicker = lazy(() => import('./FieldPicker').then((m) => ({ default: m.FieldPicker })));
const TicketPeek = lazy(() => import('./TicketPeek').then((m) => ({ default: m.TicketPeek })));

export interface TicketsWorkProps {
  search: TicketsSearch;
  board: BoardFacts;
  onChange: (change: Partial<TicketsSearch>, replace?: boolean) => void;
  onOpen: (ticket: Pick<Ticket, 'id'>) => void;
}

/** Every filter taken away; how they are shown stays. */
const noFilter: Partial<TicketsSearch> = {
  q: undefined,
  ...Object.fromEntries(filterFields.map((field) => [field, undefined])),
};

/** As many as "select all" takes; more are a filter too wide. */
const MOST_SELECTED_PAGES = 10;

/** The page of tickets: filters, board or list, selection, peek. */
export function TicketsWork({ search, board, onChange, onOpen }: TicketsWorkProps) {
  const t = useT();
  const client = useQueryClient();
  const org = useOrgId();
  const people = usePeople();
  const { timeZone } = usePreferences();
  const root = useRef<HTMLDivElement>(null);
  const [creating, setCreating] = useState(false);

  // "Now" is when the filter was set, not each time something is drawn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address is a new now
  const now = useMemo(() => new Date(), [search.due]);
  const { view, grouping, order, filter } = viewOf(search, { id: people.me, timeZone, now });
  const views = lanesOf(grouping, filter, order, { t, columns: board.columns, people });
  const lanes = useTicketLanes(views.map(({ id, search: wanted }) => ({ id, search: wanted })));
  const shown = useMemo(() => lanes.flatMap(({ tickets }) => tickets), [lanes]);
  const tags = useMemo(
    () => [...new Set(shown.flatMap((ticket) => ticket.tags))].toSorted((a, b) => a.localeCompare(b)),
    [shown],
  );
  const options = useFieldOptions({ board, people, tags });
  const selection = useSelection(shown);
  const bulk = useBulk();
  const changeOne = useChangeOne();
  const closePeek = () => onChange({ peek: undefined });
  const { picking, pick, endPicking } = useTicketKeys({
    root,
    shown,
    selected: selection.tickets,
    peek: search.peek,
    onCreate: () => setCreating(true),
    onClearSelection: selection.clear,
    onClosePeek: closePeek,
  });

  const apply = async (tickets: readonly Ticket[], change: UpdateTicket) => {
    const [first] = tickets;
    if (tickets.length === 1 && first) await changeOne(first, change);
    else await bulk.run(tickets, change);
  };
  const selectAll = async () => {
    const all = {
      ...ticketListOptions(org, { ...filter, limit: 100 }),
      pages: MOST_SELECTED_PAGES,
      staleTime: 0,
    };
    try {
      selection.choose(rows(await client.fetchInfiniteQuery(all)));
    } catch (error) {
      toast({ title: t('tickets.notSelected'), description: problemText(t, error), tone: 'danger' });
    }
  };
  /** While a peek is open it shows the card one goes to. */
  const follow = (event: FocusEvent) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset.card : undefined;
    if (id && search.peek !== undefined && search.peek !== id) onChange({ peek: id });
  };
  return (
    <div ref={root} className="flex h-full min-h-0">
      <TicketsHead
        view={view}
        onView={(next) => onChange({ view: next })}
        onCreate={() => setCreating(true)}
      />
      <div className="relative flex min-w-0 flex-1 flex-col">
        <div className="shrink-0 border-line border-b px-4 py-2">
          <TicketFilters
            search={search}
            options={options}
            people={people}
            onChange={onChange}
            actions={
              <DisplayMenu
                grouping={grouping}
                order={order}
                filter={filter}
                canGroup={view === 'list'}
                byPeople={people.all.length <= MOST_GROUPS_OF_PEOPLE}
                onGroup={(group) => onChange({ group })}
                onOrder={(next) => onChange({ order: next })}
              />
            }
          />
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it only looks at where the focus inside of it goes */}
        <div className="min-h-0 flex-1" onFocus={follow}>
          <TicketsBody
            view={view}
            views={views}
            lanes={lanes}
            board={board}
            people={people}
            byHand={order === 'rank'}
            filtered={isFiltered(search)}
            selected={selection.ids}
            onOpen={onOpen}
            onPeek={({ id }) => onChange({ peek: search.peek === id ? undefined : id })}
            onToggle={selection.toggle}
            onCreate={() => setCreating(true)}
            onClearFilters={() => onChange(noFilter)}
          />
        </div>
        <div className="pointer-events-none absolute inset-x-0 bottom-4 z-30 px-4 lg:pr-96 *:pointer-events-auto">
          <TicketBulkBar
            count={selection.ids.size}
            total={lanes.reduce((sum, lane) => sum + lane.total, 0)}
            busy={bulk.busy}
            onClear={selection.clear}
            onSelectAll={() => void selectAll()}
            onPick={pick}
          />
        </div>
      </div>
      <Suspense>
        {search.peek !== undefined && <TicketPeek id={search.peek} onClose={closePeek} />}
        {picking && (
          <FieldPicker
            field={picking.field}
            tickets={picking.tickets}
            options={options[picking.field]}
            onChange={(change) => void apply(picking.tickets, change)}
            onClose={endPicking}
          />
        )}
        {creating && (
          <CreateTicketDialog
            board={board}
            options={options}
            onClose={() => setCreating(false)}
            onCreated={(ticket) => {
              setCreating(false);
              toast({
                title: t('tickets.createdToast', { number: ticket.number }),
                tone: 'success',
                action: { label: t('tickets.open'), onAct: () => onOpen(ticket) },
              });
            }}
          />
        )}
        {bulk.leftOut.length > 0 && <BulkReport leftOut={bulk.leftOut} onClose={bulk.closeReport} />}
      </Suspense>
    </div>
  );
}
