import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { FullInvoice } from '@/api/schema';
import { isCode } from '@/lib/problem';
import { invoiceOptions, useUpdateInvoice } from '@/queries/invoices';
import { useOrgId } from '@/queries/org';
import { type DraftBody, type DraftValues, draftBody, draftChange, draftValues, merge } from './draft-model';

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

/**
 * A stored draft that others may change too. What they change is taken over where one changed nothing; where both did,
 * nothing is written until one of them is chosen.
 */
export function useDraft(form: UseFormReturn<DraftValues>, invoice: FullInvoice) {
  const client = useQueryClient();
  const org = useOrgId();
  const update = useUpdateInvoice();
  // What the form was filled with, and so what a change is a change of.
  const [base, setBase] = useState(invoice);
  const mine = draftBody(form.watch());
  const before = draftBody(draftValues(base));
  const dirty = Object.keys(draftChange(before, mine)).length > 0;
  const isNews = invoice.version > base.version && invoice.status === 'draft' && !update.isPending;
  const news = merge(before, mine, draftBody(draftValues(invoice)));
  const contested = isNews ? news.contested : [];

  /** Theirs, with what is kept of mine over it. */
  const rebase = (onto: FullInvoice, kept: readonly (keyof DraftBody)[]) => {
    const own = form.getValues();
    const theirs = draftValues(onto);
    const fields = kept.flatMap((key) => formFields[key]);
    form.reset({ ...theirs, ...Object.fromEntries(fields.map((field) => [field, own[field]])) });
    setBase(onto);
  };

  useEffect(() => {
    if (isNews && contested.length === 0) rebase(invoice, news.mine);
  });

  /** Stores what changed; `undefined` where somebody has to choose first. Fails with the problem. */
  const save = async (over: FullInvoice = base): Promise<FullInvoice | undefined> => {
    let sent = draftBody(form.getValues());
    let from = over;
    for (let turn = 1; ; turn += 1) {
      const change = draftChange(draftBody(draftValues(from)), sent);
      if (Object.keys(change).length === 0) return from;
      try {
        const after = await update.mutateAsync({ id: from.id, version: from.version, change });
        setBase(after);
        return after;
      } catch (error) {
        if (!isCode(error, 'version_stale') || turn === MOST_TRIES) throw error;
        const latest = await client.fetchQuery({ ...invoiceOptions(org, from.id), staleTime: 0 });
        // The conflict shows itself, from what is known by now; so does that it is no draft any more.
        if (latest.status !== 'draft') return undefined;
        const theirs = draftBody(draftValues(latest));
        // By what stands in the form now: one may have typed on while it was on its way.
        const found = merge(draftBody(draftValues(from)), draftBody(form.getValues()), theirs);
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
          keepMine: () => rebase(invoice, [...news.mine, ...contested]),
          takeTheirs: () => rebase(invoice, news.mine),
        }
      : undefined;
  return { save, saving: update.isPending, dirty, conflict, version: base.version };
}
