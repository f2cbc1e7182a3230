import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { FullTicket, Ticket, UpdateTicket } from '@/api/schema';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { ticketActivityOptions, ticketOptions, useUpdateTicket } from '@/queries/tickets';

/** Somebody else changed the same field meanwhile. */
export interface Conflict {
  theirs: FullTicket;
  change: UpdateTicket;
  /** The fields that both changed. */
  fields: (keyof UpdateTicket)[];
  /** Who it was, if the history tells. */
  by: string | null;
}

/** The fields of a change whose value on the server is neither what one saw nor what one wants. */
export function contested(base: Ticket, theirs: FullTicket, change: UpdateTicket): (keyof UpdateTicket)[] {
  const was: Partial<Record<string, unknown>> = { ...base };
  const is: Partial<Record<string, unknown>> = { ...theirs };
  const wanted: Partial<Record<string, unknown>> = { ...change };
  const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
  // The keys of a change are the keys of its type.
  const fields = Object.keys(change) as (keyof UpdateTicket)[];
  return fields.filter(
    // Added and removed tags never contradict what others did.
    (field) => field in was && !same(is[field], was[field]) && !same(is[field], wanted[field]),
  );
}

const MOST_TRIES = 3;

export interface Edit {
  /** The ticket as it was on the screen when one began to change it. */
  base: Ticket;
  change: UpdateTicket;
}

/**
 * Changes a ticket. If somebody else was quicker but with other fields, both changes stand; if with the same field, the
 * conflict is handed over and nothing is written.
 */
export function useTicketEdit(onConflict: (conflict: Conflict) => void): (edit: Edit) => Promise<boolean> {
  const t = useT();
  const client = useQueryClient();
  const org = useOrgId();
  const update = useUpdateTicket();
  return useCallback(
    async ({ base, change }: Edit) => {
      let seen = base;
      for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
        try {
          // A first try of short edits goes by the newest version there is: quick changes of one's own follow each other.
          const isText = change.title !== undefined || change.description !== undefined;
          await update({
            id: base.id,
            change,
            ...((isText || attempt > 0) && { version: seen.version }),
          });
          return true;
        } catch (error) {
          if (!isCode(error, 'version_stale')) {
            toast({ title: t('tickets.notSaved'), description: problemText(t, error), tone: 'danger' });
            return false;
          }
          const theirs = await client.fetchQuery({ ...ticketOptions(org, base.id), staleTime: 0 });
          const fields = contested(seen, theirs, change);
          if (fields.length > 0) {
            const history = await client
              .fetchInfiniteQuery({ ...ticketActivityOptions(org, base.id), staleTime: 0 })
              .catch(() => undefined);
            const line = rows(history).find(({ kind, details }) => {
              const after = detailsOf(details).after;
              return kind === 'changed' && fields.some((field) => field in after);
            });
            onConflict({ theirs, change, fields, by: line?.actorId ?? null });
            return false;
          }
          seen = theirs;
        }
      }
      toast({ title: t('tickets.notSaved'), description: t('problem.version_stale'), tone: 'danger' });
      return false;
    },
    [client, org, update, onConflict, t],
  );
}

type Values = Record<string, unknown>;

const record = (value: unknown): Values => (typeof value === 'object' && value !== null ? { ...value } : {});

/** The details of a line of history: free-form in the document, so taken apart with care. */
export function detailsOf(details: unknown): Values & { before: Values; after: Values } {
  const all = record(details);
  return { ...all, before: record(all.before), after: record(all.after) };
}
