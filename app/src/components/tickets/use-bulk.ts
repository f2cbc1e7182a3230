import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { BulkRow, Ticket, UpdateTicket } from '@/api/schema';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useOrgId } from '@/queries/org';
import { knownTicket } from '@/queries/ticketPatch';
import { useBulkTickets } from '@/queries/tickets';

/** A ticket that was left out, and why. */
export interface LeftOut {
  ticket: Ticket;
  row: BulkRow;
}

const MOST = 100;

function chunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / MOST) }, (_, index) =>
    all.slice(index * MOST, (index + 1) * MOST),
  );
}

/** The change that brings a ticket back to what it was before another one. */
export function inverse(before: Ticket, change: UpdateTicket): UpdateTicket {
  const was: Partial<Record<string, unknown>> = { ...before };
  const back: Partial<Record<string, unknown>> = {};
  for (const field of Object.keys(change)) {
    if (field !== 'addTags' && field !== 'removeTags') back[field] = was[field] ?? null;
  }
  const added = change.addTags?.filter((tag) => !before.tags.includes(tag)) ?? [];
  const removed = change.removeTags?.filter((tag) => before.tags.includes(tag)) ?? [];
  return {
    ...back,
    ...(added.length > 0 && { removeTags: added }),
    ...(removed.length > 0 && { addTags: removed }),
  };
}

/** Tickets that go back the same way, together. */
function groupsOf(tickets: readonly Ticket[], change: UpdateTicket): [UpdateTicket, Ticket[]][] {
  const groups = new Map<string, [UpdateTicket, Ticket[]]>();
  for (const ticket of tickets) {
    const back = inverse(ticket, change);
    const print = JSON.stringify(back);
    const group = groups.get(print) ?? [back, []];
    group[1].push(ticket);
    groups.set(print, group);
  }
  return [...groups.values()].filter(([back]) => Object.keys(back).length > 0);
}

/** Changes many tickets, tells of each that was left out, and offers the way back. */
export function useBulk() {
  const t = useT();
  const format = useFormat();
  const client = useQueryClient();
  const org = useOrgId();
  const bulk = useBulkTickets();
  const [leftOut, setLeftOut] = useState<readonly LeftOut[]>([]);
  const { mutateAsync } = bulk;

  const send = useCallback(
    async (tickets: readonly Ticket[], change: UpdateTicket, versions?: ReadonlyMap<string, number>) => {
      const results: BulkRow[] = [];
      for (const part of chunks(tickets)) {
        const named = part.map(({ id, version }) => ({
          id,
          version: versions?.get(id) ?? knownTicket(client, org, id)?.version ?? version,
        }));
        results.push(...(await mutateAsync({ tickets: named, change })).results);
      }
      return results;
    },
    [client, org, mutateAsync],
  );

  const run = useCallback(
    async (tickets: readonly Ticket[], change: UpdateTicket) => {
      const before = tickets.map((ticket) => knownTicket(client, org, ticket.id) ?? ticket);
      try {
        const results = await send(before, change);
        const byId = new Map(results.map((row) => [row.id, row]));
        const done = before.filter(({ id }) => typeof byId.get(id)?.version === 'number');
        setLeftOut(
          before.flatMap((ticket) => {
            const row = byId.get(ticket.id);
            return row?.code ? [{ ticket, row }] : [];
          }),
        );
        if (done.length === 0) return;
        const versions = new Map(results.flatMap(({ id, version }) => (version ? [[id, version]] : [])));
        const undo = async () => {
          for (const [back, group] of groupsOf(done, change)) await send(group, back, versions);
        };
        const failed = (error: unknown) =>
          toast({ title: t('tickets.notUndone'), description: problemText(t, error), tone: 'danger' });
        toast({
          title: t('tickets.bulkDone', { count: done.length, shown: format.number(done.length) }),
          tone: 'success',
          onUndo: () => void undo().catch(failed),
        });
      } catch (error) {
        toast({ title: t('tickets.notSaved'), description: problemText(t, error), tone: 'danger' });
      }
    },
    [client, org, send, format, t],
  );
  return { run, busy: bulk.isPending, leftOut, closeReport: () => setLeftOut([]) };
}
