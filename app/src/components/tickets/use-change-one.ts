import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Ticket, UpdateTicket } from '@/api/schema';
import { useFormat } from '@/components/ui/preferences';
import { dismissToast, toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useOrgId } from '@/queries/org';
import { ticketBoardOptions } from '@/queries/ticketBoard';
import { fieldName, valueText } from './activity-text';
import { inverse } from './use-bulk';
import { usePeople } from './use-people';
import { type Conflict, useTicketEdit } from './use-ticket-edit';

/** Changes one ticket from the board or the list: a toast tells, offers the way back, and shows a conflict. */
export function useChangeOne(): (ticket: Ticket, change: UpdateTicket) => Promise<void> {
  const t = useT();
  const format = useFormat();
  const people = usePeople();
  const board = useQuery(ticketBoardOptions(useOrgId())).data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` is made below from this very function
  const onConflict = useCallback(
    ({ theirs, change, fields, by }: Conflict) => {
      const [field = ''] = fields;
      const values: Partial<Record<string, unknown>> = { ...theirs };
      const sources = { t, format, people, board, linked: () => undefined };
      toast({
        title: t('tickets.conflictShort', {
          name: by ? people.name(by) : t('tickets.somebody'),
          field: fieldName(t, field).toLocaleLowerCase(),
          theirs: valueText(field, values[field], sources),
        }),
        tone: 'danger',
        duration: 12_000,
        action: { label: t('patterns.keepMine'), onAct: () => void again({ base: theirs, change }) },
      });
    },
    [t, format, people, board],
  );
  const again = useTicketEdit(onConflict);
  return useCallback(
    async (ticket: Ticket, change: UpdateTicket) => {
      const back = inverse(ticket, change);
      const told =
        Object.keys(back).length > 0 &&
        toast({
          title: t('tickets.changed', { number: format.number(ticket.number) }),
          onUndo: () => void again({ base: { ...ticket, ...applied(ticket, change) }, change: back }),
        });
      const done = await again({ base: ticket, change });
      if (!done && told !== false) dismissToast(told);
    },
    [again, format, t],
  );
}

/** The fields of the ticket after the change, so that the way back is no conflict with oneself. */
function applied(
  ticket: Ticket,
  { addTags, removeTags, description: _, ...fields }: UpdateTicket,
): Partial<Ticket> {
  const tags = [...ticket.tags, ...(addTags ?? [])].filter((tag) => !removeTags?.includes(tag));
  return { ...fields, tags };
}
