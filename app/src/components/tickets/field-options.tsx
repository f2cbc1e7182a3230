import { UserRoundX } from 'lucide-react';
import { useMemo } from 'react';
import {
  type Ticket,
  type TicketBoard,
  ticketPriorityValues,
  ticketTypeValues,
  type UpdateTicket,
} from '@/api/schema';
import { Avatar } from '@/components/ui/avatar';
import type { PickOption } from '@/components/ui/pick-list';
import { useT } from '@/i18n/i18n';
import { useBootstrap } from '@/queries/bootstrap';
import type { People } from './use-people';
import { columnName, PriorityMark, priorityWords, StatusMark, TypeMark, typeWords } from './words';

/** The fields one sets by picking from a list. */
export type PickField = 'column' | 'priority' | 'type' | 'assignee' | 'requester' | 'tags';

export const NOBODY = 'nobody';

export const fieldLabels: Record<PickField, string> = {
  column: 'tickets.status',
  priority: 'tickets.priority',
  type: 'tickets.type',
  assignee: 'tickets.assignee',
  requester: 'tickets.requester',
  tags: 'tickets.tags',
};

export interface OptionSources {
  board: TicketBoard | undefined;
  people: People;
  /** Tags that are in use, as far as they are known. */
  tags: readonly string[];
}

/** What there is to choose from. Whoever may not give tickets to others can take them himself. */
export function useFieldOptions({ board, people, tags }: OptionSources): Record<PickField, PickOption[]> {
  const t = useT();
  const mayAssign = useBootstrap()?.scopes.includes('tickets:assign') ?? false;
  return useMemo(() => {
    const persons = people.all.map(({ id, name, email, picture }) => ({
      value: id,
      label: id === people.me ? t('tickets.nameMe', { name }) : name,
      keywords: email,
      icon: <Avatar name={name} src={picture} size="sm" decorative />,
    }));
    return {
      column: (board?.columns ?? []).map((column) => ({
        value: column.id,
        label: columnName(t, column),
        icon: <StatusMark status={column.category} decorative />,
      })),
      priority: ticketPriorityValues.toReversed().map((priority) => ({
        value: priority,
        label: t(priorityWords[priority].text),
        icon: <PriorityMark priority={priority} decorative />,
      })),
      type: ticketTypeValues.map((type) => ({
        value: type,
        label: t(typeWords[type].text),
        icon: <TypeMark type={type} decorative />,
      })),
      assignee: [
        { value: NOBODY, label: t('tickets.nobody'), icon: <UserRoundX /> },
        ...persons.filter(({ value }) => mayAssign || value === people.me),
      ],
      requester: persons,
      tags: tags.map((tag) => ({ value: tag, label: tag })),
    };
  }, [board, people, tags, mayAssign, t]);
}

/** What picking an option changes. Of tags the one picked is put on or taken off. */
export function changeBy(field: PickField, value: string, has: boolean): UpdateTicket {
  if (field === 'column') return { columnId: value };
  if (field === 'assignee') return { assigneeId: value === NOBODY ? null : value };
  if (field === 'requester') return { requesterId: value };
  if (field === 'tags') return has ? { removeTags: [value] } : { addTags: [value] };
  if (field === 'priority') {
    const priority = ticketPriorityValues.find((known) => known === value);
    return priority ? { priority } : {};
  }
  const type = ticketTypeValues.find((known) => known === value);
  return type ? { type } : {};
}

/** What a ticket has now. */
export function valuesOf(field: PickField, ticket: Ticket): string[] {
  const values: Record<PickField, string[]> = {
    column: [ticket.columnId],
    priority: [ticket.priority],
    type: [ticket.type],
    assignee: [ticket.assigneeId ?? NOBODY],
    requester: [ticket.requesterId],
    tags: ticket.tags,
  };
  return values[field];
}
