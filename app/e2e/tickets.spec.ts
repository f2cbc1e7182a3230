import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Ok } from '@/api/types';
import { owner, type Person } from './support/people';
import { unique } from './support/place';
import { visit } from './support/settled';
import { expect, test } from './support/test';

const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const cardIn = (page: Page, name: string, title: string) =>
  column(page, name).getByRole('group', { name: title });
const statusOf = async (person: Person, id: string) =>
  (await person.get<Ok<'tickets_get'>>(`/tickets/${id}`)).status;

async function newTicket(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'New ticket', exact: true }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New ticket' });
  await dialog.getByLabel('Title').fill(title);
  await dialog.getByRole('button', { name: 'Create ticket' }).click();
  await expect(dialog).toBeHidden();
}

test('a ticket is created, dragged, moved by menu, and stays where it was put', async ({ open }) => {
  const asha = await owner();
  const title = unique('Torn rice sacks ');
  const page = await open(asha, asha.at('/tickets'));
  await newTicket(page, title);
  const { data } = await asha.get<Ok<'tickets_list'>>('/tickets');
  const id = data.find((ticket) => ticket.title === title)?.id ?? '';
  if (page.url().includes(id)) await page.goBack();

  await cardIn(page, 'Open', title).dragTo(column(page, 'In progress'));
  await expect(cardIn(page, 'In progress', title)).toBeVisible();
  await expect.poll(() => statusOf(asha, id)).toBe('in_progress');

  await cardIn(page, 'In progress', title).hover();
  await page.getByRole('button', { name: /^Move #\d+ Torn/ }).click();
  await page.getByRole('menuitem', { name: 'Waiting' }).click();
  await expect(cardIn(page, 'Waiting', title)).toBeVisible();
  await expect.poll(() => statusOf(asha, id)).toBe('waiting');
  await visit(page, asha.at('/tickets'));
  await expect(cardIn(page, 'Waiting', title)).toBeVisible();
});

test('a card that cannot be moved goes back, and only that one', async ({ open, watch }) => {
  const asha = await owner();
  const [first, second] = [await asha.ticket('First of two'), await asha.ticket('Second of two')];
  const page = await open(asha, asha.at('/tickets'));
  await page.route(`**/tickets/${first.id}/move`, (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      json: { type: 'about:blank', title: 'internal', status: 500, code: 'internal', requestId: 'req-1' },
    }),
  );
  watch.expect(500, `/tickets/${first.id}/move`);
  await cardIn(page, 'Open', 'First of two').dragTo(column(page, 'Waiting'));
  await cardIn(page, 'Open', 'Second of two').dragTo(column(page, 'In progress'));
  await expect(cardIn(page, 'In progress', 'Second of two')).toBeVisible();
  await expect(cardIn(page, 'Open', 'First of two')).toBeVisible();
  await expect(page.getByText(`#${first.number} was not moved`, { exact: true })).toBeVisible();
  await expect.poll(() => statusOf(asha, second.id)).toBe('in_progress');
  expect(await statusOf(asha, first.id)).toBe('open');
});

test('my work is what is mine and not done, by why it is mine', async ({ open }) => {
  const asha = await owner('Asha Rai');
  const bina = await asha.colleague('Bina Gurung');
  const given = await asha.ticket('Count the tea crates', { assigneeId: bina.id });
  await asha.ticket('Renew the trade licence');
  const asked = await bina.ticket('New lock for the godown', { assigneeId: asha.id });
  const page = await open(bina, bina.at('/'));
  await page
    .getByRole('navigation', { name: 'Main navigation' })
    .getByRole('link', { name: 'My work' })
    .click();
  const list = page.getByRole('region', { name: 'List' });
  const rows = list.locator('[data-card]');
  await expect(rows).toHaveCount(1);
  await expect(rows).toHaveAccessibleName(`#${given.number} Count the tea crates`);
  await page.getByRole('link', { name: 'Asked for by me' }).click();
  await expect(rows).toHaveAccessibleName(`#${asked.number} New lock for the godown`);
  await rows.press('Enter');
  await expect(page).toHaveURL(new RegExp(asked.id));
});

test('who is mentioned in a comment is told, and finds the way', async ({ open }) => {
  const asha = await owner('Asha Rai');
  const bina = await asha.colleague('Bina Gurung');
  const ticket = await asha.ticket('Card reader stops at noon');
  const other = await open(bina);
  await other.context().clock.install();
  await visit(other, bina.at('/'));
  const inbox = other.getByRole('link', { name: /^Inbox/ }).first();
  await expect(inbox).toHaveAccessibleName('Inbox');
  const page = await open(asha, asha.at(`/tickets/${ticket.id}`));
  const box = page.getByRole('textbox', { name: 'Write a comment' });
  await box.pressSequentially('Please look, @Bin');
  await page.getByRole('option', { name: 'Bina Gurung' }).click();
  await expect(box).toHaveValue('Please look, @Bina Gurung ');
  await page.keyboard.press('Control+Enter');
  await expect(box).toHaveValue('');
  await expect(page.getByRole('main').getByText('Please look,')).toBeVisible();

  // At the next look of the other browser, without a reload.
  await expect
    .poll(async () => {
      await other.context().clock.fastForward('00:15');
      return await inbox.textContent();
    })
    .toMatch(/\d unread/);
  await inbox.click();
  await other
    .getByRole('main')
    .getByRole('link', { name: /Asha Rai/ })
    .first()
    .click();
  await expect(other.getByText('Please look,')).toBeVisible();
  await expect(other).toHaveURL(new RegExp(ticket.id));
});

test('a comment is edited and keeps what it said, and is taken back without a trace of it', async ({
  open,
}) => {
  const asha = await owner('Asha Rai');
  const bina = await asha.colleague('Bina Gurung');
  const ticket = await asha.ticket('Card reader stops at noon');
  const comment = { body: 'The cable is brokn.' };
  await asha.send('POST', `/tickets/${ticket.id}/comments`, comment);
  const page = await open(asha, asha.at(`/tickets/${ticket.id}`));
  const act = async (name: string) => {
    await page.getByRole('button', { name: 'Comment: actions' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await act('Edit');
  await page.getByRole('textbox', { name: 'Edit comment' }).fill('The cable is broken.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The cable is broken.')).toBeVisible();
  await expect(page.getByText('edited', { exact: true })).toBeVisible();
  await act('What it said before');
  const history = page.getByRole('dialog', { name: 'What it said before' });
  await expect(history.getByText('The cable is brokn.')).toBeVisible();
  await expect(history.getByText(/^Replaced by Asha Rai/)).toBeVisible();
  await page.keyboard.press('Escape');

  // Others see it, and have no right to it.
  const other = await open(bina, bina.at(`/tickets/${ticket.id}`));
  await expect(other.getByText('The cable is broken.')).toBeVisible();
  await other.getByRole('button', { name: 'Comment: actions' }).click();
  await expect(other.getByRole('menuitem')).toHaveText(['What it said before']);

  await act('Take back');
  const question = page.getByRole('dialog', { name: 'Take this comment back?' });
  await question.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByText('This comment was taken back.')).toBeVisible();
  await visit(other, bina.at(`/tickets/${ticket.id}`));
  await expect(other.getByText('This comment was taken back.')).toBeVisible();
  await expect(other.getByText('The cable is')).toBeHidden();
  await expect(other.getByRole('button', { name: 'Comment: actions' })).toBeHidden();
  const { data } = await bina.get<Ok<'ticket_comments_list'>>(`/tickets/${ticket.id}/comments`);
  expect(data.map(({ body }) => body)).toEqual([null]);
});

test('filters stand in the address, and mean the same to somebody else', async ({ open }) => {
  const asha = await owner();
  await asha.ticket('Scale is off by 40 g', { priority: 'urgent' });
  await asha.ticket('Add Bhaktapur to the zones', { priority: 'low' });
  const page = await open(asha, asha.at('/tickets?view=list'));
  const row = (title: string) => page.getByRole('group', { name: title });
  await expect(row('Add Bhaktapur to the zones')).toBeVisible();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('option', { name: 'Priority' }).click();
  await page.getByRole('option', { name: 'Urgent' }).click();
  await page.keyboard.press('Escape');
  await expect(row('Add Bhaktapur to the zones')).toBeHidden();
  await expect(row('Scale is off by 40 g')).toBeVisible();
  expect(decodeURIComponent(page.url())).toContain('urgent');
  // The same address shows the same to somebody else.
  const bina = await asha.colleague('Bina Gurung');
  const other = await open(bina, page.url());
  await expect(other.getByRole('group', { name: 'Scale is off by 40 g' })).toBeVisible();
  await expect(other.getByRole('group', { name: 'Add Bhaktapur' })).toBeHidden();
  await page.getByRole('searchbox').fill('nothing like it');
  await expect(page.getByText('No ticket matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  expect(page.url()).not.toContain('urgent');
});

test('many are changed at once, and changed back', async ({ open }) => {
  const asha = await owner();
  const tickets = [];
  for (const title of ['One of three', 'Two of three', 'Three of three'])
    tickets.push(await asha.ticket(title));
  const priorities = async () => {
    const { data } = await asha.get<Ok<'tickets_list'>>('/tickets');
    return data.map(({ priority }) => priority);
  };
  const page = await open(asha, asha.at('/tickets?view=list'));
  for (const title of ['One of three', 'Three of three']) {
    const row = page.getByRole('group', { name: title });
    await row.hover();
    await row.getByRole('checkbox').click();
  }
  const bar = page.getByRole('toolbar', { name: 'Actions on the selection' });
  await expect(bar).toContainText('2 selected');
  await bar.getByRole('button', { name: 'Priority' }).click();
  await page.getByRole('dialog').getByRole('option', { name: 'High' }).click();
  await expect(page.getByText('2 tickets changed', { exact: true })).toBeVisible();
  await expect.poll(async () => (await priorities()).filter((it) => it === 'high').length).toBe(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await priorities()).filter((it) => it === 'medium').length).toBe(3);
});

test('two who change the same field see each other, and nothing is written over', async ({ open, watch }) => {
  const asha = await owner('Asha Rai');
  const bina = await asha.colleague('Bina Gurung');
  const ticket = await asha.ticket('Invoice shows the old number');
  const page = await open(asha, asha.at(`/tickets/${ticket.id}`));
  await page.getByRole('button', { name: /^Title: / }).click();
  const version = (await bina.get<Ok<'tickets_get'>>(`/tickets/${ticket.id}`)).version;
  await bina.send('PATCH', `/tickets/${ticket.id}`, { title: 'Invoice shows the old PAN' }, version);
  watch.expect(412, `/tickets/${ticket.id}`);
  await page.getByRole('textbox', { name: 'Title' }).fill('Invoice number is wrong');
  await page.keyboard.press('Enter');
  await expect(
    page.getByText(/Bina Gurung changed title to Invoice shows the old PAN meanwhile/),
  ).toBeVisible();
  const title = async () => (await asha.get<Ok<'tickets_get'>>(`/tickets/${ticket.id}`)).title;
  expect(await title()).toBe('Invoice shows the old PAN');
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await expect.poll(title).toBe('Invoice number is wrong');
});

test('what is shown can be taken away as a table', async ({ open }) => {
  const asha = await owner();
  await asha.ticket('=HYPERLINK("http://example.com")');
  await asha.ticket('चामलको बोरा च्यातियो', { priority: 'high' });
  const page = await open(asha, asha.at('/tickets?priority=high'));
  await page.getByRole('button', { name: 'Display' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export as CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toContain('चामलको बोरा च्यातियो');
  expect(text).not.toContain('HYPERLINK');
});

test('by keyboard alone: create, find, move, open and comment', async ({ open }) => {
  const asha = await owner();
  const page = await open(asha, asha.at('/'));
  const { keyboard } = page;
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
  await keyboard.press('g');
  await keyboard.press('t');
  await expect(page).toHaveURL(/\/tickets/);
  await expect(page.getByRole('button', { name: 'New ticket', exact: true }).first()).toBeVisible();
  await keyboard.press('c');
  await expect(page.getByRole('dialog', { name: 'New ticket' }).getByLabel('Title')).toBeFocused();
  await keyboard.type('Made without a mouse');
  await keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog', { name: 'New ticket' })).toBeHidden();
  await keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await keyboard.type('Tickets');
  await keyboard.press('Enter');
  const card = page.getByRole('group', { name: 'Made without a mouse' });
  await expect(card).toBeVisible();
  await card.focus();
  await keyboard.press('Alt+ArrowRight');
  await expect(cardIn(page, 'In progress', 'Made without a mouse')).toBeFocused();
  await keyboard.press('Enter');
  await expect(page).toHaveURL(/\/tickets\/[0-9a-f-]{36}/);
  const box = page.getByRole('textbox', { name: 'Write a comment' });
  await box.focus();
  await keyboard.type('Neither was this.');
  await keyboard.press('Control+Enter');
  await expect(box).toHaveValue('');
  await expect(page.getByText('Neither was this.')).toBeVisible();
});
