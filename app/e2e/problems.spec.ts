import type { Page } from '@playwright/test';
import type { Ok } from '@/api/types';
import { mailedLink } from './support/mail';
import { address, owner, PASSWORD } from './support/people';
import { visit } from './support/settled';
import { expect, test } from './support/test';

const profile = '/settings/profile';

/** Answers the next requests to a path as the server would answer in a state that is hard to bring about. */
async function answerOnce(page: Page, path: string, status: number, code: string, times = 1): Promise<void> {
  const json = { type: `https://docs.merojugx.dev/problems/${code}`, title: code, status, code };
  const headers = { 'Retry-After': '120', 'X-Request-Id': '01a205ec-0000-7000-8000-000000000001' };
  await page.route(
    `**/api/v1${path}`,
    (route) => route.fulfill({ status, contentType: 'application/problem+json', headers, json }),
    { times },
  );
}

test('unauthenticated: one refresh, one replay, and the page goes on', async ({ open, watch }) => {
  const asha = await owner();
  const page = await open(asha, asha.at('/settings/appearance'));
  let refreshes = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/auth/refresh')) refreshes += 1;
  });
  await answerOnce(page, '/notifications/preferences', 401, 'unauthenticated');
  watch.expect(401, '/notifications/preferences');
  await page.getByRole('link', { name: 'Notifications', exact: true }).click();
  await expect(page.getByRole('switch', { name: 'Mentions: By mail' })).toBeVisible();
  expect(refreshes).toBe(1);
});

test('step_up_required: the dialog asks, and the same write goes through', async ({ open, watch }) => {
  const asha = await owner();
  const page = await open(asha, asha.at(profile));
  const email = address('Asha New');
  const keys: (string | undefined)[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/auth/email')) keys.push(request.headers()['idempotency-key']);
  });
  await answerOnce(page, '/auth/email', 403, 'step_up_required');
  watch.expect(403, '/auth/email');
  await page.getByRole('button', { name: 'Change address' }).click();
  await page.getByLabel('New address').fill(email);
  await page.getByRole('button', { name: 'Send link' }).click();
  const dialog = page.getByRole('dialog', { name: 'Confirm it is you' });
  await dialog.getByLabel('Six-digit code').fill((await asha.telephone?.code()) ?? '');
  await expect(dialog).toBeHidden();
  await expect(page.getByText(`A link is on its way to ${email}.`).first()).toBeVisible();
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
  await page.goto(await mailedLink(email, 'confirm-email'));
  await page.getByRole('button', { name: 'Confirm address' }).click();
  await expect(page.getByText('Your new address is in use.')).toBeVisible();
});

test('mfa_setup_required: who lacks a second factor is taken to set it up', async ({ open, watch }) => {
  const asha = await owner();
  const bina = await asha.colleague('Bina Gurung');
  const page = await open(bina, bina.at(profile));
  await expect(page.getByLabel('Full name')).toHaveValue('Bina Gurung');
  const policy = await asha.get<Ok<'organization_policy_get'>>('/organization/security-policy');
  const change = { requireMfa: true, graceDays: 0 };
  await asha.send('PATCH', '/organization/security-policy', change, policy.version);
  watch.expect(403, '/users/me');
  // What the write made stale, and what the shell asks for anyway.
  for (const path of ['/bootstrap', '/notifications/counts', '/users', '/events']) watch.tolerate(403, path);
  await page.getByLabel('Full name').fill('Bina Gurung Rai');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('heading', { name: 'Set up two-factor sign-in' })).toBeVisible();
});

test('scope_missing: a role that shrank takes the page away and says what is missing', async ({
  open,
  watch,
}) => {
  const asha = await owner();
  const bina = await asha.colleague('Bina Gurung', 'Admin');
  await bina.enrol();
  const page = await open(bina);
  await visit(page, bina.at('/settings/profile'));
  const member = await asha.get<Ok<'members_get'>>(`/members/${bina.id}`);
  await asha.send('PATCH', `/members/${bina.id}`, { roleId: await asha.role('Guest') }, member.version);
  watch.expect(403, '/audit');
  // Its filters ask for names; they may be answered before or after the page is gone.
  watch.tolerate(403, '/users');
  watch.tolerate(403, '/roles');
  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByText('You have no access to this page')).toBeVisible();
  await expect(page.getByText('audit:read')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Audit log' })).toBeHidden();
});

test('version_stale: what somebody else saved is not written over', async ({ open, watch }) => {
  const asha = await owner();
  const page = await open(asha, asha.at(profile));
  await expect(page.getByLabel('Full name')).toHaveValue('Asha Rai');
  const me = await asha.get<Ok<'users_me_get'>>('/users/me');
  await asha.send('PATCH', '/users/me', { fullName: 'Asha Kumari Rai' }, me.version);
  watch.expect(412, '/users/me');
  await page.getByLabel('Full name').fill('Asha R.');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Somebody else changed this meanwhile.').first()).toBeVisible();
  expect((await asha.get<Ok<'users_me_get'>>('/users/me')).fullName).toBe('Asha Kumari Rai');
});

test('rate_limited: says for how long', async ({ page, watch }) => {
  await page.goto('/sign-in');
  await answerOnce(page, '/auth/login', 429, 'rate_limited');
  watch.expect(429, '/auth/login');
  await page.getByLabel('E-mail').fill('asha@example.com');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('2 minutes');
});

test('internal: the page says so with the request id, and tries again', async ({ open, watch }) => {
  const asha = await owner();
  const page = await open(asha);
  await answerOnce(page, '/users/me', 500, 'internal');
  watch.expect(500, '/users/me');
  await page.goto(asha.at(profile));
  await expect(page.getByRole('alert')).toContainText('01a205ec-0000-7000-8000-000000000001');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByLabel('Full name')).toHaveValue('Asha Rai');
});

test('invalid_input: the fault stands at its field', async ({ open, watch }) => {
  const asha = await owner();
  const page = await open(asha, asha.at(profile));
  watch.expect(422, '/users/me');
  await page.getByLabel('Full name').fill('x'.repeat(121));
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByLabel('Full name')).toHaveAccessibleDescription(/At most 120 characters/);
  await expect(page.getByLabel('Full name')).toBeFocused();
});

test('without a network the page says so, and goes on when it is back', async ({ open, watch }) => {
  const asha = await owner();
  const page = await open(asha, asha.at(profile));
  await expect(page.getByLabel('Full name')).toHaveValue('Asha Rai');
  watch.offline();
  await page.context().setOffline(true);
  await expect(page.getByText('You are offline. What you see may be old.')).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText('You are offline. What you see may be old.')).toBeHidden();
  await page.getByLabel('Full name').fill('Asha Kumari Rai');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Profile saved').first()).toBeVisible();
});
