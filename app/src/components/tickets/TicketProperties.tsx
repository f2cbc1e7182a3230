import { useQuery } from '@tanstack/react-query';
import type { FullTicket, TicketBoard, UpdateTicket } from '@/api/schema';
import { PropertyList } from '@/components/patterns/DetailLayout';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { useBootstrap, useCan } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import { ticketBoardOptions } from '@/queries/ticketBoard';
import { mayMove } from './board-rules';
import { DuePick } from './DuePick';
import { changeBy, fieldLabels, type PickField, useFieldOptions, valuesOf } from './field-options';
import { MinutesField } from './MinutesField';
import { PropertyPick } from './PropertyPick';
import { TagsEdit } from './TagsEdit';
import { useKnownTags } from './use-known-tags';
import type { People } from './use-people';

export interface TicketPropertiesProps {
  ticket: FullTicket;
  people: People;
  onChange: (change: UpdateTicket) => void;
}

const picked = [
  'column',
  'priority',
  'type',
  'assignee',
  'requester',
] as const satisfies readonly PickField[];

/** Only where the ticket may go from where it stands. */
function reachable(board: TicketBoard | undefined, from: string) {
  return ({ value }: { value: string }) => !board || mayMove(board, from, value);
}

/** Every field of a ticket that is not its text. Each saves itself. */
export function TicketProperties({ ticket, people, onChange }: TicketPropertiesProps) {
  const t = useT();
  const format = useFormat();
  const board = useQuery(ticketBoardOptions(useOrgId())).data;
  const options = useFieldOptions({ board, people, tags: useKnownTags() });
  const mayWrite = useCan('tickets_update');
  const mayAssign = useBootstrap()?.scopes.includes('tickets:assign') ?? false;
  const fallback: Partial<Record<PickField, string>> = {
    ...(ticket.assigneeId && { assignee: people.name(ticket.assigneeId) }),
    requester: people.name(ticket.requesterId),
  };
  const pick = (field: (typeof picked)[number]) => {
    const [value] = valuesOf(field, ticket);
    const choices =
      field === 'column' ? options.column.filter(reachable(board, ticket.columnId)) : options[field];
    return {
      id: field,
      label: t(fieldLabels[field]),
      value: (
        <PropertyPick
          label={t(fieldLabels[field])}
          value={options[field].find((option) => option.value === value)}
          {...(fallback[field] && { fallback: fallback[field] })}
          options={choices}
          disabled={!mayWrite || (field === 'requester' && !mayAssign)}
          onPick={(next) => onChange(changeBy(field, next, false))}
        />
      ),
    };
  };
  const items = [
    ...picked.map(pick),
    {
      id: 'due',
      label: t('tickets.due'),
      value: (
        <DuePick
          dueAt={ticket.dueAt ?? null}
          status={ticket.status}
          disabled={!mayWrite}
          onPick={(dueAt) => onChange({ dueAt })}
        />
      ),
    },
    {
      id: 'tags',
      label: t('tickets.tags'),
      value: (
        <TagsEdit
          tags={ticket.tags}
          options={options.tags}
          disabled={!mayWrite}
          onToggle={(tag, has) => onChange(changeBy('tags', tag, has))}
        />
      ),
    },
    {
      id: 'estimate',
      label: t('tickets.estimate'),
      value: (
        <MinutesField
          clearable
          label={t('tickets.estimate')}
          value={ticket.estimateMinutes ?? null}
          disabled={!mayWrite}
          onSave={(estimateMinutes) => onChange({ estimateMinutes })}
        />
      ),
    },
    {
      id: 'spent',
      label: t('tickets.spent'),
      value: (
        <MinutesField
          label={t('tickets.spent')}
          value={ticket.spentMinutes}
          disabled={!mayWrite}
          onSave={(minutes) => onChange({ spentMinutes: minutes ?? 0 })}
        />
      ),
    },
    {
      id: 'created',
      label: t('tickets.created'),
      value: <span title={format.dateTime(ticket.createdAt)}>{format.date(ticket.createdAt)}</span>,
    },
    ...(ticket.resolvedAt
      ? [
          {
            id: 'resolved',
            label: t('tickets.resolvedOn'),
            value: <span title={format.dateTime(ticket.resolvedAt)}>{format.date(ticket.resolvedAt)}</span>,
          },
        ]
      : []),
  ];
  return <PropertyList items={items} />;
}
