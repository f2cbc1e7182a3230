import type { Page } from '@playwright/test';
import type { Body, Ok } from '@/api/types';
import { mailsTo } from './support/mail';
import { draftOf, listOf, mailings, reaches } from './support/mailings';
import { owner } from './support/people';
import { unique } from './support/place';
import { go } from './support/settled';
import { expect, test } from './support/test';

const step = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Steps of the campaign' }).getByRole('button', { name });
const box = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const preview = (page: Page) => page.frameLocator('iframe[title="Text of the mail"]');
const states = (page: Page) => page.getByRole('region', { name: 'Figures' }).getByRole('group');
const ledger = (page: Page) => page.getByRole('grid', { name: 'Recipients' });

test('from a list to the ledger; who unsubscribes gets no second one', async ({ open }) => {
  test.setTimeout(120_000);
  const asha = await owner('Asha Rai');
  const [bina, hari] = [`${unique('bina.')}@example.com`, `${unique('hari.')}@example.com`];

  // A list, from rows as a spreadsheet copies them; what is no address is said row by row.
  const page = await open(asha, asha.at('/campaigns/lists'));
  await page.getByRole('button', { name: 'New list' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('Tea friends');
  await page.getByRole('dialog').getByRole('button', { name: 'Create list' }).click();
  await page.getByRole('button', { name: 'Import people' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByLabel('People')
    .fill(`email\tfirst_name\tlast_name\n${bina}\tBina\tGurung\n${hari}\nnobody\tNo\tBody\n${bina}\tBina`);
  await dialog.getByRole('button', { name: 'Import 4 rows' }).click();
  await expect(dialog).toContainText('2 people added.');
  await expect(dialog).toContainText('1 was on the list already.');
  await expect(dialog.getByRole('list', { name: 'Rows that were not taken' })).toContainText('nobody');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Bina Gurung' })).toHaveCount(1);
  await expect(page.getByRole('row')).toHaveCount(3);

  // A draft, step by step; it stores itself.
  await go(page, asha.at('/campaigns'));
  await page.getByRole('button', { name: 'New campaign' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('Spring harvest');
  await page.getByRole('dialog').getByRole('button', { name: 'Create draft' }).click();
  await page.getByRole('radio', { name: 'A list' }).click();
  await expect(page.getByText('2 people would get it now.')).toBeVisible();
  await step(page, 'Content').click();
  await box(page, 'Subject').fill('Tea for ');
  await page.getByRole('button', { name: 'Insert a field into the subject' }).click();
  await page.getByLabel('If it is not known').fill('a friend');
  await page.getByRole('button', { name: 'Insert', exact: true }).click();
  await expect(box(page, 'Subject')).toHaveValue('Tea for {{first_name|a friend}}');
  await box(page, 'Text').fill('Dear {{frist_name|friend}},\n\nthe **first flush** is here.');
  const mail = page.getByRole('region', { name: 'Preview' });
  await expect(mail).toContainText('Tea for Asha');
  await expect(preview(page).locator('strong')).toHaveText('first flush');

  // What is in the way is said, with the way to it.
  await step(page, 'Review').click();
  await expect(
    page.getByRole('listitem').filter({ hasText: 'There is no field “frist_name”' }),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send now…' })).toBeDisabled();
  await step(page, 'Content').click();
  await box(page, 'Text').fill('Dear {{first_name|friend}},\n\nthe **first flush** is here.');
  await expect(preview(page).getByText('Dear Asha,')).toBeVisible();
  await mail.getByText('Without a name').click();
  await expect(preview(page).getByText('Dear friend,')).toBeVisible();
  await expect(mail).toContainText('Tea for a friend');

  // A mail to oneself.
  await step(page, 'Review').click();
  await page.getByRole('button', { name: 'Send me a test' }).click();
  await expect(page.getByText(`A test is on its way to ${asha.email}.`).first()).toBeVisible();
  await expect.poll(() => mailsTo(asha.email).map(({ subject }) => subject)).toContain('Tea for Asha');

  // To everybody: what it means is said before.
  await page.getByRole('button', { name: 'Send now…' }).click();
  const ask = page.getByRole('dialog', { name: 'Send it now?' });
  await expect(ask).toContainText('at most once');
  await expect(ask).toContainText('Tea friends');
  await ask.getByRole('button', { name: 'Send now' }).click();
  await expect(states(page).getByRole('button', { name: 'Sent 2' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('main')).toContainText('of 2 recipients got it');
  await expect(ledger(page).getByRole('row').filter({ hasText: hari })).toContainText('Sent');
  const [toBina] = mailsTo(bina);
  expect(toBina?.subject).toBe('Tea for Bina');
  expect(mailsTo(hari).map(({ subject }) => subject)).toEqual(['Tea for a friend']);

  // The link in the mail: its owner's own word, which nobody else takes back.
  const [link = ''] = toBina?.text.match(/\/unsubscribe\/\S+/) ?? [];
  const visitor = await open(undefined);
  await visitor.goto(link);
  await visitor.getByRole('button', { name: /Unsubscribe/ }).click();
  await expect(visitor.getByText('You get no more mails')).toBeVisible();
  await go(page, asha.at('/campaigns/suppressions'));
  const row = page.getByRole('row').filter({ hasText: bina });
  await expect(row).toContainText('Only its owner can change that.');
  await expect(row.getByRole('button', { name: /Write to/ })).toHaveCount(0);
  await row.getByRole('link', { name: 'Show' }).click();
  await expect(page.getByRole('main')).toContainText('1 unsubscribed');

  // The next one leaves him out.
  const lists = await asha.get<Ok<'contact_lists_list'>>('/contact-lists');
  const second = await draftOf(asha, 'Autumn harvest', { kind: 'list', listId: lists.data[0]?.id ?? '' });
  await go(page, asha.at('/campaigns'));
  await page.getByRole('row').filter({ hasText: 'Autumn harvest' }).click();
  await expect(page.getByText('1 is left out: not written to.')).toBeVisible();
  await step(page, 'Review').click();
  await page.getByRole('button', { name: 'Send now…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send now' }).click();
  await reaches(asha, second.id, 'sent');
  await states(page).getByRole('button', { name: 'Left out 1' }).click();
  await expect(page).toHaveURL(/recipients=suppressed/);
  await expect(ledger(page).getByRole('row').filter({ hasText: bina })).toContainText('Left out');
  await expect(ledger(page).getByRole('row')).toHaveCount(2);
  expect(mailsTo(bina)).toHaveLength(1);
});

test('a campaign is paused on its way, and goes on; nobody gets it twice', async ({ open }) => {
  test.setTimeout(120_000);
  const asha = await owner();
  const domain = `${unique('many')}.example`;
  const people = Array.from({ length: 400 }, (_, n) => `reader${n}@${domain}`);
  const list = await listOf(asha, 'Many', people);
  const { id } = await draftOf(asha, 'To many', { kind: 'list', listId: list });
  const page = await open(asha, asha.at(`/campaigns/${id}?step=review`));
  await page.getByRole('button', { name: 'Send now…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send now' }).click();
  await page.getByRole('button', { name: 'Pause…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused: nothing leaves until you resume')).toBeVisible();

  // What was on its way has arrived; nothing follows it.
  type Report = Ok<'campaigns_report'>;
  const report = () => asha.get<Report>(`/campaigns/${id}/report`);
  await expect.poll(async () => (await report()).sending).toBe(0);
  const { sent } = await report();
  expect(sent).toBeLessThan(people.length);
  await page.waitForTimeout(2_000);
  expect((await report()).sent).toBe(sent);

  await page.getByRole('button', { name: 'Resume…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await expect(states(page).getByRole('button', { name: `Sent ${people.length}` })).toBeVisible({
    timeout: 60_000,
  });
  await reaches(asha, id, 'sent');
  await expect.poll(() => people.filter((one) => mailsTo(one).length !== 1)).toEqual([]);
});

test('scheduled for later, taken back, and given up', async ({ open }) => {
  const asha = await owner();
  const { id } = await draftOf(asha, 'Closing days', { kind: 'members' });
  const page = await open(asha, asha.at(`/campaigns/${id}?step=settings`));
  await page.getByRole('radio', { name: 'At a time' }).click();
  await page.getByLabel('Time', { exact: true }).fill('07:45');
  await expect(page).toHaveURL(/at=/);
  await page.reload();
  await expect(page.getByLabel('Time', { exact: true })).toHaveValue('07:45');
  await step(page, 'Review').click();
  await page.getByRole('button', { name: 'Schedule…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Schedule' }).click();
  await expect(page.getByText(/^It is sent on .* 07:45/)).toBeVisible();
  const stored = await asha.get<Ok<'campaigns_get'>>(`/campaigns/${id}`);
  expect(stored.scheduledAt).toMatch(/T02:00:00/);
  await page.getByRole('button', { name: 'Back to draft…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Back to draft' }).click();
  await expect(step(page, 'Audience')).toBeVisible();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Cancel campaign…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel campaign' }).click();
  await expect(page.getByText('It was cancelled before anything left.')).toBeVisible();
});

test('what was typed last is stored on the way out; two writers choose', async ({ open, watch }) => {
  const asha = await owner();
  const { id } = await draftOf(asha, 'Quick', { kind: 'members' });
  const page = await open(asha, asha.at(`/campaigns/${id}?step=content`));
  await box(page, 'Text').fill('Typed before');
  await expect(preview(page).getByText('Typed before')).toBeVisible();
  await box(page, 'Text').fill('Typed and gone');
  await page
    .getByRole('navigation', { name: 'Main navigation' })
    .getByRole('link', { name: 'Tickets' })
    .click();
  await expect(page.getByRole('heading', { name: 'No tickets yet' })).toBeVisible();
  const stored = () => asha.get<Ok<'campaigns_get'>>(`/campaigns/${id}`);
  expect((await stored()).body).toBe('Typed and gone');

  // One step back: what the preview showed in between is no step of its own.
  await page.goBack();
  await expect(box(page, 'Text')).toHaveValue('Typed and gone');
  const theirs: Body<'campaigns_update'> = { body: 'Theirs', subject: 'Also theirs' };
  await asha.send('PATCH', `/campaigns/${id}`, theirs, (await stored()).version);
  watch.tolerate(412, `/campaigns/${id}`);
  await box(page, 'Text').fill('Mine');
  const bar = page.getByRole('alert').filter({ hasText: 'Text' });
  await bar.getByRole('button', { name: 'Keep mine' }).click();
  await expect(box(page, 'Subject')).toHaveValue('Also theirs');
  await expect
    .poll(async () => [(await stored()).body, (await stored()).subject])
    .toEqual(['Mine', 'Also theirs']);
});

test('who may only read sees everything and changes nothing', async ({ open }) => {
  const asha = await owner();
  const { draft, sent, list } = await mailings(asha);
  await asha.newRole('Reader', ['organization:read', 'campaigns:read']);
  const bina = await asha.colleague('Bina Gurung', 'Reader');
  const page = await open(bina, bina.at('/campaigns'));
  await expect(page.getByRole('row').filter({ hasText: 'Spring harvest' })).toContainText('2 of 3');
  await expect(page.getByRole('button', { name: 'New campaign' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Scheduled' }).click();
  await expect(page).toHaveURL(/state=scheduled/);
  await expect(page.getByRole('row')).toHaveCount(2);
  await go(page, bina.at(`/campaigns/${draft}`));
  await expect(page.getByText('nobody gets it before somebody sends it')).toBeVisible();
  await expect(preview(page).getByText('Dear Bina,')).toBeVisible();
  await go(page, bina.at('/campaigns'));
  await go(page, bina.at(`/campaigns/${sent}`));
  await expect(ledger(page).getByRole('row')).toHaveCount(4);
  await go(page, bina.at(`/campaigns/lists/${list}`));
  await expect(page.getByRole('grid').getByRole('row')).toHaveCount(4);
  await expect(page.getByRole('button', { name: /Import|Take|Rename/ })).toHaveCount(0);
});

test('a person taken off a list comes back by undo', async ({ open }) => {
  const asha = await owner();
  const email = `${unique('asha.')}@example.com`;
  const list = await listOf(asha, 'Tea friends', [email]);
  const page = await open(asha, asha.at(`/campaigns/lists/${list}`));
  await page.getByRole('button', { name: `Take ${email} off the list` }).click();
  await expect(page.getByRole('heading', { name: 'Nobody is on this list yet' })).toBeVisible();
  await page.getByRole('button', { name: /Undo/ }).click();
  await expect(page.getByRole('row').filter({ hasText: email })).toContainText('Asha Rai');
});
