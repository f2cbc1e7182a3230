import type { Page } from '@playwright/test';
import { owner } from './support/people';
import { expectInside } from './support/steps';
import { expect, once, test } from './support/test';

/** What has the focus, as a screen reader names it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || at === document.body) return '';
    const labels = at instanceof HTMLInputElement ? [...(at.labels ?? [])] : [];
    return (at.getAttribute('aria-label') ?? labels[0]?.textContent ?? at.textContent).trim();
  });
}

/** Goes on with Tab until this has the focus; says what had it on the way. */
async function tabTo(page: Page, name: string | RegExp, most = 40): Promise<string[]> {
  const way: string[] = [];
  while (way.length < most) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    way.push(now);
    if (typeof name === 'string' ? now === name : name.test(now)) return way;
  }
  throw new Error(`Tab did not reach ${name}: ${way.join(' > ')}`);
}

test('somebody signs in by keyboard, in the order in which one reads', once, async ({ open }) => {
  const asha = await owner();
  const page = await open(undefined, '/sign-in');
  const { keyboard } = page;
  await tabTo(page, 'E-mail', 3);
  await keyboard.type(asha.email);
  await tabTo(page, 'Password', 2);
  await keyboard.type(asha.password);
  expect(await tabTo(page, 'Sign in', 3)).toEqual(['Show password', 'Sign in']);
  await keyboard.press('Enter');
  await expect(page.getByLabel('Six-digit code')).toBeFocused();
  await keyboard.type((await asha.telephone?.code()) ?? '');
  await expectInside(page);
});

test(
  'a ticket is created by Tab alone, and the focus stays in the dialog while it is open',
  once,
  async ({ open }) => {
    const asha = await owner();
    const page = await open(asha, asha.at('/tickets'));
    const { keyboard } = page;
    await tabTo(page, 'New ticket');
    await keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'New ticket' });
    await expect(dialog.getByLabel('Title')).toBeFocused();
    await keyboard.type('Made by Tab alone');
    // All the way round, and back to the title.
    const way = await tabTo(page, /^Title/);
    expect(way).toContain('Create ticket');
    expect(way.indexOf('Cancel')).toBeLessThan(way.indexOf('Create ticket'));
    await tabTo(page, /^Priority/);
    await keyboard.press('Enter');
    await expect(page.getByRole('option', { name: 'Urgent' })).toBeVisible();
    await keyboard.type('Urg');
    await keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: /^Priority: Urgent/ })).toBeFocused();
    await tabTo(page, 'Create ticket');
    await keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect
      .poll(async () => (await asha.get<{ data: { title: string; priority: string }[] }>('/tickets')).data)
      .toMatchObject([{ title: 'Made by Tab alone', priority: 'urgent' }]);
  },
);

test('a card is reached by Tab, and moved by its menu', once, async ({ open }) => {
  const asha = await owner();
  const ticket = await asha.ticket('Moved without a mouse');
  const page = await open(asha, asha.at('/tickets'));
  const { keyboard } = page;
  await tabTo(page, /Moved without a mouse/);
  await keyboard.press('m');
  await expect(page.getByRole('menuitem', { name: 'In progress' })).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Waiting' })).toBeFocused();
  await keyboard.press('Enter');
  const card = page
    .getByRole('region', { name: 'Waiting', exact: true })
    .getByRole('group', { name: 'Moved without a mouse' });
  await expect(card).toBeFocused();
  await expect
    .poll(async () => (await asha.get<{ status: string }>(`/tickets/${ticket.id}`)).status)
    .toBe('waiting');
});

test('an invoice is written by keyboard: the customer, lines by Enter, and saved', once, async ({ open }) => {
  const asha = await owner();
  await asha.send('POST', '/customers', { name: 'New Road Store' });
  const page = await open(asha, asha.at('/'));
  const { keyboard } = page;
  await keyboard.press('g');
  await keyboard.press('v');
  await expect(page.getByRole('heading', { name: 'No invoices yet' })).toBeVisible();
  await keyboard.press('c');
  const first = page.getByRole('group', { name: 'Line 1', exact: true });
  await expect(first).toBeVisible();
  await tabTo(page, 'Choose a customer');
  await keyboard.press('Enter');
  await expect(page.getByRole('option', { name: 'New Road Store' })).toBeVisible();
  await keyboard.press('Enter');
  await tabTo(page, 'Description');
  await keyboard.type('Tea');
  await tabTo(page, 'Price', 2);
  await keyboard.type('100');
  await keyboard.press('Enter');
  const second = page.getByRole('group', { name: 'Line 2', exact: true });
  await expect(second.getByLabel('Description')).toBeFocused();
  await keyboard.type('Sugar');
  await keyboard.press('Control+s');
  await expect(page).toHaveURL(/\/invoices\/[0-9a-f-]{36}/);
  await expect(
    page.getByRole('group', { name: 'Line 2', exact: true }).getByLabel('Description'),
  ).toHaveValue('Sugar');
});

test(
  'a campaign is begun by keyboard, a field put into its text, and its steps taken',
  once,
  async ({ open }) => {
    const asha = await owner();
    const page = await open(asha, asha.at('/'));
    const { keyboard } = page;
    await keyboard.press('g');
    await keyboard.press('c');
    await expect(page.getByRole('heading', { name: 'No campaigns yet' })).toBeVisible();
    await keyboard.press('c');
    await expect(page.getByRole('dialog', { name: 'New campaign' }).getByLabel('Name')).toBeFocused();
    await keyboard.type('By keyboard');
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'By keyboard' })).toBeVisible();
    await tabTo(page, /^Content/);
    await keyboard.press('Enter');
    const text = page.getByRole('textbox', { name: 'Text', exact: true });
    await expect(text).toBeVisible();
    await tabTo(page, 'Insert a field into the text');
    await keyboard.press('Enter');
    await expect(page.getByRole('radio', { name: 'First name' })).toBeFocused();
    await tabTo(page, /^If it is not known/);
    await keyboard.type('friend');
    await keyboard.press('Enter');
    await expect(text).toBeFocused();
    await keyboard.type(', hello');
    await expect(text).toHaveValue('{{first_name|friend}}, hello');
  },
);
