import { readFileSync } from 'node:fs';
import type { Ok } from '@/api/types';
import { mailsTo } from './support/mail';
import { owner } from './support/people';
import { place, unique } from './support/place';
import { visit } from './support/settled';
import { expect, test } from './support/test';

/** What a program with a key is answered. */
async function asProgram(key: string, method: string, path: string, body?: object): Promise<number> {
  const headers = { Authorization: `Bearer ${key}`, ...(body && { 'Content-Type': 'application/json' }) };
  const request = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  return (await fetch(`${place.api}/api/v1${path}`, request)).status;
}

test('a key is shown once, opens what it was made for and nothing else, and is turned away once revoked', async ({
  open,
}) => {
  const asha = await owner();
  const name = unique('Accounting export ');
  const page = await open(asha, asha.at('/settings/api-keys'));
  await page.getByRole('button', { name: 'New key' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New API key' });
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await expect(dialog.getByText('Choose at least one permission.')).toBeVisible();
  await dialog
    .getByRole('radiogroup', { name: 'Tickets: level' })
    .getByRole('radio', { name: 'View' })
    .click();
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const made = page.getByRole('dialog', { name: `Key “${name}”` });
  const key = (await made.locator('code').first().textContent()) ?? '';
  expect(await asProgram(key, 'GET', '/tickets')).toBe(200);
  expect(await asProgram(key, 'POST', '/tickets', { title: 'By a program' })).toBe(403);
  expect(await asProgram(key, 'GET', '/members')).toBe(403);

  await expect(made.getByRole('button', { name: 'Done' })).toBeDisabled();
  await made.getByRole('checkbox', { name: 'I have stored the key' }).click();
  await made.getByRole('button', { name: 'Done' }).click();
  await expect(made).toBeHidden();
  await expect(page.getByRole('row', { name })).toBeVisible();
  expect(await page.content()).not.toContain(key);
  await visit(page, asha.at('/settings/api-keys'));
  expect(await page.content()).not.toContain(key);

  await page.getByRole('row', { name }).click();
  await page.getByRole('dialog', { name }).getByRole('button', { name: 'Revoke key' }).click();
  const question = page.getByRole('dialog', { name: `Revoke “${name}”?` });
  await question.getByRole('button', { name: 'Revoke key' }).click();
  await expect(page.getByText(`“${name}” is revoked`).first()).toBeVisible();
  await expect(page.getByRole('row', { name })).toBeHidden();
  await expect.poll(() => asProgram(key, 'GET', '/tickets')).toBe(401);
});

test('a permission is taken from a role: shown before it is saved, and then gone for who has the role', async ({
  open,
}) => {
  const asha = await owner();
  const name = unique('Clerk ');
  const everyday = ['organization:read', 'members:read', 'roles:read', 'notifications:read'] as const;
  const role = await asha.newRole(name, [...everyday, 'tickets:read', 'tickets:write', 'tickets:assign']);
  const bina = await asha.colleague('Bina Gurung', name);
  await bina.ticket('While she may');
  const other = await open(bina);
  await other.context().clock.install();
  await visit(other, bina.at('/tickets'));
  const create = other.getByRole('button', { name: 'New ticket', exact: true }).first();
  await expect(create).toBeVisible();

  const page = await open(asha, asha.at(`/settings/roles?role=${role.id}`));
  const tickets = page.getByRole('radiogroup', { name: 'Tickets: level' });
  await expect(tickets.getByRole('radio', { name: 'Edit' })).toBeChecked();
  await tickets.getByRole('radio', { name: 'View' }).click();
  await page.getByRole('button', { name: 'Review changes' }).click();
  const review = page.getByRole('dialog', { name: `Changes to ${name}` });
  const removed = review.getByRole('list', { name: '2 permissions removed' });
  await expect(removed.getByText('Create, change and comment on tickets')).toBeVisible();
  await expect(removed.getByText('Assign tickets')).toBeVisible();
  await expect(review.getByText('1 person is affected')).toBeVisible();
  await expect(review.getByText('Bina Gurung')).toBeVisible();
  // Nothing is saved before one says so.
  await review.getByRole('button', { name: 'Cancel' }).click();
  await bina.ticket('While she still may');
  await page.getByRole('button', { name: 'Review changes' }).click();
  await review.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText(`${name} saved`).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Review changes' })).toBeHidden();

  await expect
    .poll(async () => {
      await other.context().clock.fastForward('00:15');
      return await create.isVisible();
    })
    .toBe(false);
  await expect(bina.ticket('Too late')).rejects.toThrow(/403.*tickets:write/);
});

test('the log is filtered, shows what changed field by field, is checked and taken away', async ({
  open,
}) => {
  const asha = await owner();
  const [before, after] = [asha.organization.name, unique('Dhaulagiri ')];
  const { version } = await asha.get<Ok<'organization_get'>>('/organization');
  await asha.send('PATCH', '/organization', { name: after }, version);
  await asha.ticket('Something else that is logged');
  const page = await open(asha, asha.at('/settings/audit'));
  const log = page.getByRole('grid', { name: 'Audit log' });
  await expect(log.getByRole('row', { name: /Ticket created/ })).toBeVisible();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('option', { name: 'Event' }).click();
  await page.getByRole('option', { name: /Organization profile changed/ }).click();
  await expect(log.getByRole('row', { name: /Ticket created/ })).toBeHidden();
  expect(page.url()).toContain('organization_updated');
  await page.keyboard.press('Escape');

  await log.getByRole('row', { name: /Organization profile changed/ }).click();
  const entry = page.getByRole('dialog', { name: 'Organization profile changed' });
  const changes = entry.getByLabel('Changed fields');
  await expect(changes).toContainText(`Before:${before}`);
  await expect(changes).toContainText(`After:${after}`);
  await page.keyboard.press('Escape');
  await expect(entry).toBeHidden();

  await page.getByRole('button', { name: 'Check integrity' }).click();
  await expect(page.getByRole('alert')).toContainText('The log is whole and unchanged');
  await page.getByRole('button', { name: 'Export 1' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'JSON Lines' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.jsonl$/);
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { type: 'organizations.organization_updated', before: { name: before }, after: { name: after } },
  ]);
  await expect(page.getByText('1 entry exported').first()).toBeVisible();
});

test('who wants no mails about mentions gets none, and everything else as before', async ({ open }) => {
  const asha = await owner('Asha Rai');
  const [bina, sita] = [await asha.colleague('Bina Gurung'), await asha.colleague('Sita Rai')];
  const page = await open(bina, bina.at('/settings/notifications'));
  const byMail = page.getByRole('switch', { name: 'Mentions: By mail' });
  await expect(byMail).toBeChecked();
  const saved = page.waitForResponse(
    (response) => response.request().method() === 'PATCH' && response.url().endsWith('/preferences'),
  );
  await byMail.click();
  await expect(byMail).not.toBeChecked();
  expect((await saved).ok()).toBe(true);
  await visit(page, bina.at('/settings/notifications'));
  await expect(byMail).not.toBeChecked();
  await expect(page.getByRole('switch', { name: 'Assignments: By mail' })).toBeChecked();

  const ticket = await asha.ticket('Scale is off by 40 g');
  const body = `Please look, @[Bina Gurung](${bina.id}) and @[Sita Rai](${sita.id})`;
  await asha.send('POST', `/tickets/${ticket.id}/comments`, { body });
  const mails = (email: string, what: string) =>
    mailsTo(email).filter(({ subject }) => subject.includes(what)).length;
  await expect.poll(() => mails(sita.email, 'mentioned you')).toBe(1);
  await asha.ticket('Yours from now on', { assigneeId: bina.id });
  await expect.poll(() => mails(bina.email, 'Yours from now on')).toBe(1);
  expect(mails(bina.email, 'mentioned you')).toBe(0);
  // In the app she is told all the same.
  await visit(page, bina.at('/inbox'));
  await expect(page.getByRole('main').getByRole('link', { name: /mentioned you/ })).toBeVisible();
});

test('the profile of the organization is saved, and others see it without being able to change it', async ({
  open,
}) => {
  const asha = await owner();
  const bina = await asha.colleague('Bina Gurung');
  const page = await open(asha, asha.at('/settings/organization'));
  await page.getByLabel('Registered name').fill('Himal Traders Private Limited');
  await page.getByLabel('PAN or VAT number').fill('601234567');
  await page.getByRole('button', { name: 'Save' }).first().click();
  await expect(page.getByText('Settings saved').first()).toBeVisible();
  await page.getByLabel('Currency').fill('usd');
  await page.getByRole('button', { name: 'Save' }).last().click();
  await expect.poll(async () => (await asha.get<Ok<'settings_get'>>('/settings')).currency).toBe('USD');
  await visit(page, asha.at('/settings/organization'));
  await expect(page.getByLabel('Registered name')).toHaveValue('Himal Traders Private Limited');
  await expect(page.getByLabel('Currency')).toHaveValue('USD');

  const other = await open(bina, bina.at('/settings/organization'));
  await expect(other.getByLabel('PAN or VAT number')).toHaveValue('601234567');
  await expect(other.getByLabel('PAN or VAT number')).not.toBeEditable();
  await expect(other.getByRole('button', { name: 'Save' })).toHaveCount(0);
});

test('a page one may not see names the permission that it takes', async ({ open }) => {
  const asha = await owner();
  const guest = await asha.colleague('Bina Gurung', 'Guest');
  const page = await open(guest, guest.at('/settings/audit'));
  await expect(page.getByText('You have no access to this page')).toBeVisible();
  await expect(page.getByRole('main').locator('code')).toHaveText('audit:read');
  await expect(page.getByRole('link', { name: 'Audit log' })).toBeHidden();
});
