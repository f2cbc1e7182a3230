import type { ReactNode } from 'react';
import { type OpenTicket, type TicketColumn, ticketPriorityValues, ticketTypeValues } from '@/api/schema';
import { Avatar } from '@/components/ui/avatar';
import type { Translate } from '@/i18n/i18n';
import type { LaneSearch } from '@/queries/ticketLanes';
import type { TicketSearch } from '@/queries/tickets';
import { filterOf, type Reader } from './filter';
import type { Grouping, TicketsSearch } from './search';
import type { People } from './use-people';
import { columnName, PriorityMark, priorityWords, StatusMark, TypeMark, typeWords } from './words';

/** A lane with what stands in its head, and what a ticket that is made in it begins with. */
export interface LaneView extends LaneSearch {
  name: string;
  icon?: ReactNode;
  begin: Partial<OpenTicket>;
}

export interface LaneSources {
  t: Translate;
  columns: readonly TicketColumn[];
  people: People;
}

const PAGE = 50;

/** With more people than this, a group for each would be a request for each. */
export const MOST_GROUPS_OF_PEOPLE = 25;

/** The order that holds where none was chosen: by hand where lanes are columns, else what moved last. */
export function orderOf(search: TicketsSearch, grouping: Grouping): NonNullable<TicketSearch['sort']> {
  return search.order ?? (grouping === 'column' ? 'rank' : '-updatedAt');
}

/** How a search is shown: as a board or a list, by what its lanes are made, in which order, and of which tickets. */
export function viewOf(search: TicketsSearch, reader: Reader) {
  const view = search.view ?? 'board';
  const grouping: Grouping = view === 'board' ? 'column' : (search.group ?? 'column');
  return { view, grouping, order: orderOf(search, grouping), filter: filterOf(search, reader) };
}

export function lanesOf(
  grouping: Grouping,
  filter: TicketSearch,
  sort: NonNullable<TicketSearch['sort']>,
  sources: LaneSources,
): LaneView[] {
  const base = { ...filter, sort, limit: PAGE, count: true };
  const makers: Record<Grouping, () => LaneView[]> = {
    column: () => byColumn(base, sources),
    priority: () => byPriority(base, sources),
    type: () => byType(base, sources),
    assignee: () => byAssignee(base, sources),
    none: () => [{ id: 'all', name: sources.t('tickets.all'), search: base, begin: {} }],
  };
  return makers[grouping]();
}

function byColumn({ status, columnId, ...rest }: TicketSearch, { t, columns }: LaneSources): LaneView[] {
  return columns
    .filter(({ id, category }) => (columnId?.includes(id) ?? true) && (status?.includes(category) ?? true))
    .map((column) => ({
      id: column.id,
      name: columnName(t, column),
      icon: <StatusMark status={column.category} decorative />,
      search: { ...rest, columnId: [column.id] },
      begin: { columnId: column.id },
    }));
}

function byPriority(base: TicketSearch, { t }: LaneSources): LaneView[] {
  return ticketPriorityValues
    .toReversed()
    .filter((priority) => base.priority?.includes(priority) ?? true)
    .map((priority) => ({
      id: priority,
      name: t(priorityWords[priority].text),
      icon: <PriorityMark priority={priority} decorative />,
      search: { ...base, priority: [priority] },
      begin: { priority },
    }));
}

function byType(base: TicketSearch, { t }: LaneSources): LaneView[] {
  return ticketTypeValues
    .filter((type) => base.type?.includes(type) ?? true)
    .map((type) => ({
      id: type,
      name: t(typeWords[type].text),
      icon: <TypeMark type={type} decorative />,
      search: { ...base, type: [type] },
      begin: { type },
    }));
}

function byAssignee(base: TicketSearch, { t, people }: LaneSources): LaneView[] {
  const { assigneeId, unassigned, ...rest } = base;
  const persons = people.all
    .filter(({ id }) => !unassigned && (assigneeId === undefined || assigneeId === id))
    .map(({ id, name, picture }) => ({
      id,
      name,
      icon: <Avatar name={name} src={picture} size="sm" decorative />,
      search: { ...rest, assigneeId: id },
      begin: { assigneeId: id },
    }));
  const nobody: LaneView = {
    id: 'nobody',
    name: t('tickets.nobody'),
    search: { ...rest, unassigned: true },
    begin: {},
  };
  return assigneeId === undefined ? [...persons, nobody] : persons;
}
