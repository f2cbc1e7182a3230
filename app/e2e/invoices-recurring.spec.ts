import type { Body, Ok } from '@/api/types';
import { papers } from './support/papers';
import { owner } from './support/people';
import { expect, once, test } from './support/test';

test(
  'what recurs is made on its day by itself, and leads to its schedule and back',
  once,
  async ({ open }) => {
    test.setTimeout(180_000);
    const asha = await owner();
    const { customer } = await papers(asha);
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kathmandu' }).format(new Date());
    const body: Body<'invoice_schedules_create'> = {
      customerId: customer,
      currency: 'NPR',
      lines: [{ description: 'Retainer', quantity: '1', unitPrice: { amount: 900_000, currency: 'NPR' } }],
      startOn: today,
      period: 'week',
      every: 1,
      autoIssue: true,
    };
    const schedule = await asha.send<Ok<'invoice_schedules_create'>>('POST', '/invoice-schedules', body);
    // There is a look at what is due every minute.
    await expect
      .poll(
        async () =>
          (await asha.get<Ok<'invoice_schedules_get'>>(`/invoice-schedules/${schedule.id}`)).madeCount,
        {
          timeout: 120_000,
          intervals: [2000],
        },
      )
      .toBe(1);
    const page = await open(asha, asha.at(`/invoices/recurring/${schedule.id}`));
    const made = page.getByRole('region', { name: 'Invoices it made' });
    await made.getByRole('link', { name: /^INV-/ }).click();
    await expect(page.getByRole('article')).toContainText('Retainer');
    await page.getByRole('link', { name: /^Recurring, made for/ }).click();
    await expect(page.getByText('Every week')).toBeVisible();
  },
);

test('an invoice recurs: written once, its days shown before, paused, resumed and ended', async ({
  open,
}) => {
  const asha = await owner();
  const { customer } = await papers(asha);
  const page = await open(asha, asha.at(`/invoices/recurring/new?customer=${customer}`));
  await expect(page.getByRole('list', { name: 'Next days' }).getByRole('listitem')).toHaveCount(6);
  // On a day to come: one that begins today makes its first invoice meanwhile.
  const begin = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await page.getByRole('textbox', { name: 'First day' }).fill(begin);

  // The days follow what is typed, before anything is kept.
  await page.getByRole('radio', { name: 'After' }).click();
  await page.getByLabel('How many invoices').fill('3');
  await expect(page.getByRole('list', { name: 'Next days' }).getByRole('listitem')).toHaveCount(3);
  await page.getByLabel('Every', { exact: true }).fill('0');
  const line = page.getByRole('group', { name: 'Line 1', exact: true });
  await line.getByLabel('Description').fill('Rent of the depot');
  await line.getByLabel('Price').fill('25,000');
  await page.getByRole('button', { name: 'Begin' }).click();
  await expect(page.getByText('A whole number from 1 to 365.')).toBeVisible();
  await page.getByLabel('Every', { exact: true }).fill('2');
  await page.getByRole('button', { name: 'Begin' }).click();

  // It stands in the list, and on its own page.
  await expect(page).toHaveURL(/\/invoices\/recurring\/[0-9a-f-]{36}/);
  await expect(page.getByText('Every 2 months')).toBeVisible();
  await page.goto(asha.at('/invoices/recurring'));
  const row = page.getByRole('row').filter({ hasText: 'Every 2 months' });
  await expect(row).toContainText('New Road Store');
  await expect(row).toContainText('Rs. 28,250.00');
  await row.click();

  // What the next ones will say is changed like any draft.
  await page.getByLabel('Message').fill('Due within a week, please.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Change days…' }).click();
  const days = page.getByRole('dialog', { name: 'Change days…' });
  await days.getByLabel('How many invoices').fill('5');
  await days.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(days).toBeHidden();

  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('main').getByText('Paused', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('main').getByText('Active', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'End for good' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End for good' }).click();
  await expect(page.getByText('No days to come.')).toBeVisible();

  const kept = await asha.get<Ok<'invoice_schedules_list'>>('/invoice-schedules?status=ended');
  expect(kept.data).toMatchObject([{ every: 2, end: { kind: 'after', count: 5 } }]);
});
