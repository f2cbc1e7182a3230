import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { owner } from './support/people';
import { expect, test } from './support/test';

interface Given {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const prices = 'item,price\nMasala tea,450\n';

/** Files as somebody picks them, all at once. */
async function pick(page: Page, button: string, files: Given[]): Promise<void> {
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button, exact: true }).click();
  await (await asked).setFiles(files);
}

const filesOf = (page: Page, what: 'ticket' | 'comment') =>
  page.getByRole('list', { name: `Files of the ${what}` }).getByRole('listitem');

test('files of a ticket and of a comment are there for colleagues; a refused one says why', async ({
  open,
  watch,
}) => {
  const asha = await owner('Asha Rai');
  const bina = await asha.colleague('Bina Gurung');
  const ticket = await asha.ticket('Card reader stops at noon');
  const page = await open(asha, asha.at(`/tickets/${ticket.id}`));
  const picture = { name: 'counter.png', mimeType: 'image/png', buffer: await page.screenshot() };
  const table = { name: 'prices.csv', mimeType: 'text/csv', buffer: Buffer.from(prices) };
  const drawing = {
    name: 'logo.svg',
    mimeType: 'image/svg+xml',
    buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  };
  watch.expect(422, '/files');
  await pick(page, 'Attach files', [picture, table, drawing]);
  await expect(filesOf(page, 'ticket')).toHaveCount(2);
  const uploads = page.getByRole('list', { name: 'Uploads' });
  await expect(uploads.getByRole('alert')).toHaveText('Files of this kind are not accepted.');
  await uploads.getByRole('button', { name: 'Leave out logo.svg' }).click();
  await expect(uploads).toBeHidden();

  await page.getByRole('textbox', { name: 'Write a comment' }).fill('The reader as it stands.');
  await pick(page, 'Attach files to the comment', [picture]);
  await expect(uploads.getByText('counter.png')).toBeVisible();
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(filesOf(page, 'comment')).toHaveCount(1);
  await expect(uploads).toBeHidden();

  const hers = await open(bina, bina.at(`/tickets/${ticket.id}`));
  await expect(filesOf(hers, 'ticket')).toHaveCount(2);
  await filesOf(hers, 'comment').getByRole('button', { name: 'counter.png' }).first().click();
  const shown = hers.getByRole('dialog').getByRole('img', { name: 'counter.png' });
  await expect
    .poll(() => shown.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth))
    .toBeGreaterThan(100);
  await hers.keyboard.press('Escape');
  const saved = hers.waitForEvent('download');
  await filesOf(hers, 'ticket').getByRole('button', { name: 'prices.csv' }).first().click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe('prices.csv');
  expect(await readFile(await download.path(), 'utf8')).toBe(prices);
  // It is not hers to delete.
  await hers.getByRole('button', { name: 'Actions for prices.csv' }).click();
  await expect(hers.getByRole('menuitem', { name: 'Download' })).toBeVisible();
  await expect(hers.getByRole('menuitem', { name: 'Delete file' })).toBeHidden();

  await page.getByRole('button', { name: 'Actions for prices.csv' }).click();
  await page.getByRole('menuitem', { name: 'Delete file' }).click();
  await page.getByRole('button', { name: 'Delete file' }).click();
  await expect(filesOf(page, 'ticket')).toHaveCount(1);
});

test('an upload that breaks off keeps the comment, and is tried again', async ({ open, watch }) => {
  const asha = await owner('Asha Rai');
  const ticket = await asha.ticket('Scale at the depot is off');
  const page = await open(asha, asha.at(`/tickets/${ticket.id}`));
  let broken = true;
  await page.route('**/api/v1/files', (route) => (broken ? route.abort() : route.continue()));
  watch.offline();
  await pick(page, 'Attach files to the comment', [
    { name: 'prices.csv', mimeType: 'text/csv', buffer: Buffer.from(prices) },
  ]);
  const uploads = page.getByRole('list', { name: 'Uploads' });
  await expect(uploads.getByRole('alert')).toHaveText('The server does not answer. Check your connection.');
  await page.getByRole('textbox', { name: 'Write a comment' }).fill('See the list.');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Activity' }).getByText('See the list.')).toBeVisible();
  broken = false;
  await uploads.getByRole('button', { name: 'Upload prices.csv again' }).click();
  await expect(filesOf(page, 'comment')).toHaveCount(1);
  await expect(uploads).toBeHidden();
});

test('a picture of a person is what colleagues see beside the name', async ({ open }) => {
  const asha = await owner('Asha Rai');
  const bina = await asha.colleague('Bina Gurung');
  const ticket = await asha.ticket('Count the tea crates', { assigneeId: asha.id });
  const page = await open(asha, asha.at('/settings/profile'));
  const picture = { name: 'me.png', mimeType: 'image/png', buffer: await page.screenshot() };
  const section = page.getByRole('region', { name: 'Picture' });
  const shown = section.getByRole('img', { name: 'Asha Rai' }).locator('img');
  await pick(page, 'Choose a picture', [picture]);
  await expect(shown).toHaveAttribute('src', /^blob:/);
  await section.getByRole('button', { name: 'Save picture' }).click();
  await expect(shown).toHaveAttribute('src', /\/files\/content\//);

  const hers = await open(bina, bina.at('/tickets'));
  const card = hers.getByRole('group', { name: ticket.title });
  await expect(card.getByRole('img', { name: 'Asha Rai' }).locator('img')).toBeVisible();

  await section.getByRole('button', { name: 'Remove' }).click();
  await expect(shown).toBeHidden();
});
