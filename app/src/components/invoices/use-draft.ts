import { useEffect, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { Body } from '@/api/types';
import { isCode } from '@/lib/problem';
import { type DraftBody, type DraftValues, draftBody, draftChange, merge } from './draft-model';

export interface DraftConflict {
  fields: (keyof DraftBody)[];
  keepMine: () => void;
  takeTheirs: () => void;
}

/** Which fields of the form a member of the body is made of. */
const formFields: Record<keyof DraftBody, readonly (keyof DraftValues)[]> = {
  customerId: ['customer'],
  currency: ['currency'],
  dueDays: ['dueDays'],
  poNumber: ['poNumber'],
  notes: ['notes'],
  terms: ['terms'],
  discount: ['discountKind', 'discount'],
  lines: ['lines'],
};

const MOST_TRIES = 3;

const only = (body: DraftBody, keys: readonly (keyof DraftBody)[]): Partial<DraftBody> =>
  Object.fromEntries(keys.map((key) => [key, body[key]]));

/** What has a draft in it: an invoice that is not issued, or what recurs. */
export interface DraftSource<E> {
  /** As it is known by now. */
  entity: E;
  values: (entity: E) => DraftValues;
  /** May it still be changed? */
  isOpen: (entity: E) => boolean;
  write: (at: { id: string; version: number; change: Body<'invoices_update'> }) => Promise<E>;
  writing: boolean;
  /** Asks for the newest. */
  refetch: () => Promise<E>;
}

/**
 * A stored draft that others may change too. What they change is taken over where one changed nothing; where both did,
 * nothing is written until one of them is chosen.
 */
export function useDraft<E extends { id: string; version: number }>(
  form: UseFormReturn<DraftValues>,
  source: DraftSource<E>,
) {
  const { entity, values, writing } = source;
  const bodyOf = (one: E) => draftBody(values(one));
  // What the form was filled with, and so what a change is a change of.
  const [base, setBase] = useState(entity);
  const mine = draftBody(form.watch());
  const before = bodyOf(base);
  const dirty = Object.keys(draftChange(before, mine)).length > 0;
  const isNews = entity.version > base.version && source.isOpen(entity) && !writing;
  const news = merge(before, mine, bodyOf(entity));
  const contested = isNews ? news.contested : [];

  /** Theirs, with what is kept of mine over it. */
  const rebase = (onto: E, kept: readonly (keyof DraftBody)[]) => {
    const own = form.getValues();
    const theirs = values(onto);
    const fields = kept.flatMap((key) => formFields[key]);
    form.reset({ ...theirs, ...Object.fromEntries(fields.map((field) => [field, own[field]])) });
    setBase(onto);
  };

  useEffect(() => {
    if (isNews && contested.length === 0) rebase(entity, news.mine);
  });

  /** Stores what changed; `undefined` where somebody has to choose first. Fails with the problem. */
  const save = async (): Promise<E | undefined> => {
    let sent = draftBody(form.getValues());
    let from = base;
    for (let turn = 1; ; turn += 1) {
      const change = draftChange(bodyOf(from), sent);
      if (Object.keys(change).length === 0) return from;
      try {
        const after = await source.write({ id: from.id, version: from.version, change });
        setBase(after);
        return after;
      } catch (error) {
        if (!isCode(error, 'version_stale') || turn === MOST_TRIES) throw error;
        const latest = await source.refetch();
        // The conflict shows itself, from what is known by now; so does that it is no draft any more.
        if (!source.isOpen(latest)) return undefined;
        const theirs = bodyOf(latest);
        // By what stands in the form now: one may have typed on while it was on its way.
        const found = merge(bodyOf(from), draftBody(form.getValues()), theirs);
        if (found.contested.length > 0) return undefined;
        rebase(latest, found.mine);
        // What was typed since is not sent: nobody asked for that yet, and it may be half a word.
        sent = { ...theirs, ...only(sent, found.mine) };
        from = latest;
      }
    }
  };

  const conflict: DraftConflict | undefined =
    contested.length > 0
      ? {
          fields: contested,
          keepMine: () => rebase(entity, [...news.mine, ...contested]),
          takeTheirs: () => rebase(entity, news.mine),
        }
      : undefined;
  return { save, saving: writing, dirty, conflict, version: base.version };
}
