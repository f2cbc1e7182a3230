import { expect } from '@playwright/test';
import type { CampaignState } from '@/api/schema';
import type { Body, Ok } from '@/api/types';
import type { Person } from './people';
import { unique } from './place';

/** Mails to many of an organization at work: ids. */
export interface Mailings {
  list: string;
  draft: string;
  scheduled: string;
  sent: string;
}

type Audience = Body<'campaigns_create'>['audience'];

/** A draft that nothing is in the way of. */
export function draftOf(writer: Person, name: string, audience: Audience): Promise<Ok<'campaigns_create'>> {
  const draft: Body<'campaigns_create'> = {
    name,
    subject: 'The first tea of the year, {{first_name|friend}}',
    body: 'Dear {{first_name|friend}},\n\nthe [first flush](https://tea.example) is here.\n\n- Ilam\n- Kaski',
    audience,
  };
  return writer.send('POST', '/campaigns', draft);
}

export async function listOf(writer: Person, name: string, addresses: readonly string[]): Promise<string> {
  const list = await writer.send<Ok<'contact_lists_create'>>('POST', '/contact-lists', { name });
  const rows = addresses.map((email) => ({ email, firstName: 'Asha', lastName: 'Rai' }));
  const body: Body<'contacts_import'> = { rows };
  await writer.send('POST', `/contact-lists/${list.id}/import`, body);
  return list.id;
}

export async function reaches(writer: Person, campaign: string, state: CampaignState): Promise<void> {
  await expect
    .poll(async () => (await writer.get<Ok<'campaigns_get'>>(`/campaigns/${campaign}`)).state, {
      timeout: 30_000,
    })
    .toBe(state);
}

export async function mailings(writer: Person): Promise<Mailings> {
  const people = ['tea', 'rice', 'salt'].map((word) => `${unique(`${word}.`)}@example.com`);
  const list = await listOf(writer, 'Tea friends', people);
  const manual: Body<'suppressions_create'> = { email: people[0] ?? '' };
  await writer.send('POST', '/suppressions', manual);
  const draft = await draftOf(writer, 'Members meeting', { kind: 'members' });
  const scheduled = await draftOf(writer, 'Dashain closing days', { kind: 'list', listId: list });
  const at: Body<'campaigns_schedule'> = { at: new Date(Date.now() + 3 * 86_400_000).toISOString() };
  await writer.send('POST', `/campaigns/${scheduled.id}/schedule`, at, scheduled.version);
  const sent = await draftOf(writer, 'Spring harvest', { kind: 'list', listId: list });
  await writer.send('POST', `/campaigns/${sent.id}/send`, undefined, sent.version);
  await reaches(writer, sent.id, 'sent');
  return { list, draft: draft.id, scheduled: scheduled.id, sent: sent.id };
}
