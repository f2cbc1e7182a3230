import { useQuery } from '@tanstack/react-query';
import { ConflictBar } from '@/components/patterns/ConflictBar';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { useOrgId } from '@/queries/org';
import { ticketBoardOptions } from '@/queries/ticketBoard';
import { fieldName, valueText } from './activity-text';
import type { People } from './use-people';
import type { Conflict } from './use-ticket-edit';

export interface TicketConflictProps {
  conflict: Conflict;
  people: People;
  onKeep: () => void;
  onTake: () => void;
}

/** "Sita changed priority to High": one's own change is still at hand, and nothing was written over. */
export function TicketConflict({ conflict, people, onKeep, onTake }: TicketConflictProps) {
  const t = useT();
  const format = useFormat();
  const board = useQuery(ticketBoardOptions(useOrgId())).data;
  const sources = { t, format, people, board, linked: () => undefined };
  const theirs: Partial<Record<string, unknown>> = { ...conflict.theirs };
  const mine: Partial<Record<string, unknown>> = { ...conflict.change };
  const [field = ''] = conflict.fields;
  const values = {
    name: conflict.by ? people.name(conflict.by) : t('tickets.somebody'),
    field: fieldName(t, field).toLocaleLowerCase(),
    theirs: valueText(field, theirs[field], sources),
    mine: valueText(field, mine[field], sources),
  };
  const isLong = field === 'description';
  return (
    <ConflictBar
      message={t(isLong ? 'tickets.conflictText' : 'tickets.conflict', values)}
      onKeepMine={onKeep}
      onTakeTheirs={onTake}
    />
  );
}
