import type { CampaignAudience, WriteCampaignAudience } from '@/api/schema';
import type { Body } from '@/api/types';
import type { FullCampaign } from '@/queries/campaigns';

/** A draft as the form has it. */
export interface CampaignValues {
  name: string;
  subject: string;
  body: string;
  /** `members`, `members:ROLE` or `list:LIST`: one plain value, so that two are the same or not. */
  audience: string;
}

export type CampaignField = keyof CampaignValues;

export const campaignFields = ['name', 'audience', 'subject', 'body'] as const satisfies CampaignField[];

export function audienceKey({ kind, listId, roleId }: CampaignAudience): string {
  const id = kind === 'list' ? listId : roleId;
  return id ? `${kind}:${id}` : kind;
}

export function audienceOf(key: string): WriteCampaignAudience {
  const [kind, id] = key.split(':');
  if (kind === 'list') return { kind, ...(id && { listId: id }) };
  return { kind: 'members', ...(id && { roleId: id }) };
}

export const valuesOf = ({ name, subject, body, audience }: FullCampaign): CampaignValues => ({
  name,
  subject,
  body,
  audience: audienceKey(audience),
});

/** What a draft was when one began to change it. */
export interface Base {
  version: number;
  /** As the server has it. */
  seen: CampaignValues;
  /** As it was typed when it was stored: the server may have taken blanks off its ends. */
  typed: CampaignValues;
}

export function baseOf(campaign: FullCampaign): Base {
  const seen = valuesOf(campaign);
  return { version: campaign.version, seen, typed: seen };
}

/** The fields that are not as they were stored. */
export function changedFields({ seen, typed }: Base, mine: CampaignValues): CampaignField[] {
  return campaignFields.filter((field) => mine[field] !== seen[field] && mine[field] !== typed[field]);
}

/** Those that somebody else changed too, to something else. */
export function contestedFields(base: Base, mine: CampaignValues, theirs: CampaignValues): CampaignField[] {
  return changedFields(base, mine).filter(
    (field) => theirs[field] !== base.seen[field] && theirs[field] !== mine[field],
  );
}

/** Can it be stored as it is? A campaign has a name, and an audience that is a list names one. */
export function isStorable(field: CampaignField, values: CampaignValues): boolean {
  if (field === 'name') return values.name.trim() !== '';
  return field !== 'audience' || values.audience !== 'list';
}

/** What was chosen or typed and cannot be stored: as long as there is any, the draft is not what the form shows. */
export function incompleteFields(base: Base, mine: CampaignValues): CampaignField[] {
  return changedFields(base, mine).filter((field) => !isStorable(field, mine));
}

/** What is to be written; what cannot be stored yet waits. */
export function changeOf(base: Base, mine: CampaignValues): Body<'campaigns_update'> {
  const fields = changedFields(base, mine).filter((field) => isStorable(field, mine));
  return Object.fromEntries(
    fields.map((field) => [field, field === 'audience' ? audienceOf(mine.audience) : mine[field]]),
  );
}

/** The base after one's own write: what was sent is what was typed. */
export function stored(base: Base, mine: CampaignValues, after: FullCampaign): Base {
  const { seen, version } = baseOf(after);
  const sent = changedFields(base, mine).filter((field) => isStorable(field, mine));
  const typed = { ...base.typed };
  for (const field of campaignFields) {
    if (sent.includes(field)) typed[field] = mine[field];
    else if (seen[field] !== base.seen[field]) typed[field] = seen[field];
  }
  return { version, seen, typed };
}

/** The form and its base over what somebody else wrote; what one changed oneself and keeps stays. */
export function rebased(
  base: Base,
  mine: CampaignValues,
  onto: FullCampaign,
  kept: readonly CampaignField[],
): { base: Base; form: CampaignValues } {
  const { seen, version } = baseOf(onto);
  const [typed, form] = [{ ...base.typed }, { ...mine }];
  for (const field of campaignFields) {
    if (seen[field] !== base.seen[field]) typed[field] = seen[field];
    if (
      !kept.includes(field) &&
      (seen[field] !== base.seen[field] || changedFields(base, mine).includes(field))
    )
      form[field] = seen[field];
  }
  return { base: { version, seen, typed }, form };
}
