import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Body, Ok } from '@/api/types';
import { papers } from './support/papers';
import { owner } from './support/people';
import { unique } from './support/place';
import { expect, test } from './support/test';

const line = (page: Page, place: number) => page.getByRole('group', { name: `Line ${place}`, exact: true });
const total = (page: Page) => page.getByRole('region', { name: 'Lines' }).locator('dl');

test('from the customer to the public page: draft, live totals, issue, payment, credit note', async ({
  open,
  watch,
}) => {
  const asha = await owner();
  const store = unique('New Road Store ');
  const page = await open(asha, asha.at('/invoices'));
  await page.getByRole('link', { name: 'New invoice' }).first().click();

  // The customer is made without leaving the draft.
  await page.getByRole('button', { name: 'New', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'New customer' });
  await dialog.getByLabel('Name').fill(store);
  await dialog.getByLabel('PAN/VAT number').fill('601234567');
  await dialog.getByRole('button', { name: 'Create customer' }).click();
  await expect(dialog).toBeHidden();

  // Totals come from the server while one types; what cannot be read is said at its line.
  await line(page, 1).getByLabel('Description').fill('Orthodox tea, 500 g');
  await line(page, 1).getByLabel('Quantity').fill('2.5');
  await line(page, 1).getByLabel('Price').fill('1,850');
  await expect(total(page)).toContainText('Rs. 5,226.25');
  await line(page, 1).getByLabel('Price').press('Enter');
  await expect(line(page, 2).getByLabel('Description')).toBeFocused();
  await line(page, 2).getByLabel('Description').fill('Delivery');
  await line(page, 2).getByLabel('Price').fill('five');
  await expect(line(page, 2)).toContainText('Not an amount');
  await line(page, 2).getByLabel('Price').fill('500');
  await expect(total(page)).toContainText('Rs. 5,791.25');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await expect(page.getByText('Saved.').first()).toBeVisible();
  await expect(page).toHaveURL(/\/invoices\/[0-9a-f-]{36}/);

  // Final: that is said before it happens.
  await page.getByRole('button', { name: 'Issue…' }).click();
  const ask = page.getByRole('dialog', { name: 'Issue this invoice?' });
  await expect(ask).toContainText('can never be changed again');
  await expect(ask).toContainText('Rs. 5,791.25');
  await ask.getByRole('button', { name: 'Issue invoice' }).click();
  const paper = page.getByRole('article', { name: /^Invoice INV-.*-000001$/ });
  await expect(paper).toContainText(store);
  await expect(paper).toContainText('BS');

  // A part of it is paid.
  await page.getByRole('button', { name: 'Record payment' }).click();
  const pay = page.getByRole('dialog', { name: 'Record a payment' });
  await pay.getByLabel('Amount in NPR').fill('9999999');
  watch.expect(409, '/payments');
  await pay.getByRole('button', { name: 'Record payment' }).click();
  await expect(pay).toContainText('more than is due');
  await pay.getByLabel('Amount in NPR').fill('1000');
  await pay.getByRole('button', { name: 'Record payment' }).click();
  await expect(pay).toBeHidden();
  await expect(page.getByRole('region', { name: 'Amount due' })).toContainText('Rs. 4,791.25');

  // One line is taken back.
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Write credit note…' }).click();
  const credit = page.getByRole('dialog', { name: 'Write a credit note' });
  await credit.getByRole('radio', { name: 'Some lines' }).click();
  await credit.getByLabel('Delivery').click();
  await expect(credit).toContainText('Credit: Rs. 565.00');
  await credit.getByLabel('Reason').fill('The customer came for it');
  await credit.getByRole('button', { name: 'Issue credit note' }).click();
  await expect(credit).toBeHidden();
  await expect(page.getByRole('region', { name: 'Amount due' })).toContainText('Rs. 4,226.25');

  // Whoever has the link sees it without an account, until it is taken back.
  await page.getByRole('button', { name: 'Create link' }).click();
  const url = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  const visitor = await open(undefined, url, { viewport: { width: 390, height: 844 } });
  await expect(visitor.getByRole('region', { name: 'Amount due' })).toContainText('Rs. 4,226.25');
  await expect(visitor.getByRole('article')).toContainText('Orthodox tea, 500 g');
  await expect(visitor).toHaveTitle(/INV-/);
});

test('whoever has a link gets the paper; one that was taken back shows nothing', async ({ open, watch }) => {
  const asha = await owner();
  const { issued, link } = await papers(asha);
  const page = await open(asha, asha.at(`/invoices/${issued}`));
  const visitor = await open(undefined, link);
  await expect(visitor.getByRole('article')).toBeVisible();
  // It may be asked for before it is printed: the page waits.
  watch.tolerate(404, '/invoice-links/pdf');
  const download = visitor.waitForEvent('download', { timeout: 20_000 });
  await visitor.getByRole('button', { name: 'Download PDF' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/^[^%]*\d\.pdf$/);
  expect(readFileSync(await saved.path(), 'latin1')).toMatch(/^%PDF-/);
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('Nobody outside can see this invoice')).toBeVisible();
  watch.expect(410, '/invoice-links/open');
  await visitor.reload();
  await expect(visitor.getByRole('heading', { name: 'This link does not show an invoice' })).toBeVisible();
});

test('a draft that somebody else changed meanwhile: both stand, or one is chosen', async ({
  open,
  watch,
}) => {
  const asha = await owner();
  const { draft } = await papers(asha);
  const page = await open(asha, asha.at(`/invoices/${draft}`));
  await page.getByLabel('Message').fill('Mine');
  const { version } = await asha.get<Ok<'invoices_get'>>(`/invoices/${draft}`);
  const theirs: Body<'invoices_update'> = { terms: 'Theirs', notes: 'Also theirs' };
  await asha.send('PATCH', `/invoices/${draft}`, theirs, version);
  watch.expect(412, `/invoices/${draft}`);
  await page.getByRole('button', { name: 'Save draft' }).click();
  const bar = page.getByRole('alert').filter({ hasText: 'Message' });
  await expect(bar).toBeVisible();
  await expect(page.getByLabel('Message')).toHaveValue('Mine');
  await bar.getByRole('button').last().click();
  await expect(page.getByLabel('Terms')).toHaveValue('Theirs');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await expect
    .poll(async () => {
      const { notes, terms } = await asha.get<Ok<'invoices_get'>>(`/invoices/${draft}`);
      return [notes, terms];
    })
    .toEqual(['Mine', 'Theirs']);
});

test('a part of the page that cannot be fetched takes nothing of the draft with it', async ({
  open,
  watch,
}) => {
  const asha = await owner();
  const { draft } = await papers(asha);
  const page = await open(asha, asha.at(`/invoices/${draft}`));
  await page.getByLabel('Message').fill('Written before the deploy');
  const dialogs = '**/assets/CustomerDialog-*.js';
  // As after a deploy: the files of this build are gone.
  watch.expect(404, '.js');
  await page.route(dialogs, (route) => route.fulfill({ status: 404 }));
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await expect(page.getByText('A part of this page could not be fetched.').first()).toBeVisible();
  await expect(page.getByLabel('Message')).toHaveValue('Written before the deploy');
  await page.unroute(dialogs);
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'New customer' })).toBeVisible();
});

test('the list keeps its filters in the address, and exports what they find', async ({ open }) => {
  const asha = await owner();
  const { customer } = await papers(asha);
  const page = await open(asha, asha.at('/invoices'));
  await page.getByRole('button', { name: /^Drafts/ }).click();
  await expect(page).toHaveURL(/view=draft/);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('button', { name: /^Unpaid/ }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Partly paid' })).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole('row').filter({ hasText: 'Partly paid' })).toHaveCount(1);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const csv = readFileSync(await (await download).path(), 'utf8');
  expect(csv.trim().split('\n')).toHaveLength(2);
  expect(csv).toContain('New Road Store');
  await page.goto(asha.at(`/invoices/customers/${customer}?tab=statement`));
  await expect(page.getByRole('row').filter({ hasText: 'Closing balance' })).toBeVisible();
});
