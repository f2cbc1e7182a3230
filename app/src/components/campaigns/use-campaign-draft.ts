import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { applyProblem } from '@/lib/problem-text';
import { campaignOptions, type FullCampaign, useUpdateCampaign } from '@/queries/campaigns';
import { useOrgId } from '@/queries/org';
import {
  baseOf,
  type CampaignField,
  type CampaignValues,
  changedFields,
  changeOf,
  contestedFields,
  incompleteFields,
  rebased,
  stored,
  valuesOf,
} from './draft-model';

export interface CampaignConflict {
  fields: CampaignField[];
  keepMine: () => void;
  takeTheirs: () => void;
}

const SETTLE_MS = 800;
const MOST_TRIES = 3;

/**
 * A draft that stores itself when one stops typing, and that others may change too. What they change is taken over
 * where one changed nothing; where both did, nothing is written until one of them is chosen.
 */
export function useCampaignDraft(form: UseFormReturn<CampaignValues>, campaign: FullCampaign) {
  const t = useT();
  const client = useQueryClient();
  const org = useOrgId();
  const update = useUpdateCampaign();
  const [base, setBase] = useState(() => baseOf(campaign));
  // What writes that wait for each other begin with is newer than the last picture.
  const latest = useRef(base);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState(false);
  const mine = form.watch();
  const dirty = changedFields(base, mine).length > 0;
  const incomplete = incompleteFields(base, mine);
  const isNews = campaign.version > base.version && campaign.state === 'draft' && !saving;
  const contested = isNews ? contestedFields(base, mine, valuesOf(campaign)) : [];

  const settle = (next: typeof base) => {
    latest.current = next;
    setBase(next);
  };
  const rebase = (onto: FullCampaign, kept: readonly CampaignField[]) => {
    const own = form.getValues();
    const next = rebased(latest.current, own, onto, kept);
    for (const [field, value] of Object.entries(next.form)) {
      // Entries of the form's values under their own keys.
      if (own[field as CampaignField] !== value) form.setValue(field as CampaignField, value);
    }
    settle(next.base);
  };

  const write = async (): Promise<number | undefined> => {
    for (let turn = 1; ; turn += 1) {
      const [from, sent] = [latest.current, { ...form.getValues() }];
      const change = changeOf(from, sent);
      if (Object.keys(change).length === 0) return from.version;
      try {
        const after = await update.mutateAsync({ id: campaign.id, version: from.version, change });
        settle(stored(from, sent, after));
        form.clearErrors();
        return after.version;
      } catch (error) {
        if (!isCode(error, 'version_stale') || turn === MOST_TRIES) throw error;
        const news = await client.fetchQuery({ ...campaignOptions(org, campaign.id), staleTime: 0 });
        // The conflict shows itself, from what is known by now; so does that it is no draft any more.
        if (news.state !== 'draft') return undefined;
        if (contestedFields(latest.current, form.getValues(), valuesOf(news)).length > 0) return undefined;
        rebase(news, changedFields(latest.current, form.getValues()));
      }
    }
  };

  /** Stores what was typed. The version it has then; `undefined` where it could not be stored, which is shown. */
  const flush = (): Promise<number | undefined> => {
    const turn = queue.current.then(async () => {
      setSaving(true);
      try {
        const version = await write();
        setFailed(false);
        return incompleteFields(latest.current, form.getValues()).length > 0 ? undefined : version;
      } catch (error) {
        setFailed(true);
        if (!isCode(error, 'step_up_required')) applyProblem(form, error, t);
        return undefined;
      } finally {
        setSaving(false);
      }
    });
    queue.current = turn;
    return turn;
  };

  useEffect(() => {
    if (isNews && contested.length === 0) rebase(campaign, changedFields(base, mine));
  });
  const typed = JSON.stringify(mine);
  const waits = dirty && contested.length === 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed last begins the wait anew, and nothing else
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => void flush(), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [typed, waits]);

  const conflict: CampaignConflict | undefined =
    contested.length > 0
      ? {
          fields: contested,
          keepMine: () => rebase(campaign, changedFields(base, mine)),
          takeTheirs: () =>
            rebase(
              campaign,
              changedFields(base, mine).filter((field) => !contested.includes(field)),
            ),
        }
      : undefined;
  return { flush, saving, failed, dirty, incomplete, conflict, version: base.version };
}

export type CampaignDraft = ReturnType<typeof useCampaignDraft>;
