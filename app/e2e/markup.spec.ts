import type { Page } from '@playwright/test';
import type { Ok } from '@/api/types';
import { company } from './support/company';
import { owner } from './support/people';
import { inside } from './support/places';
import { go, visit } from './support/settled';
import { expect, once, test } from './support/test';

/** Each of them would raise the flag if a page took it for more than text. */
const image = '<img src=x onerror="window.pwned=1">';
const script = '"><script>window.pwned=1</script>';
const link = '[press here](javascript:window.pwned=1)';
const svg = '<svg onload="window.pwned=1"></svg>';
const everything = `${image} ${script} ${link} ${svg} <a href="javascript:window.pwned=1">x</a> ![y](javascript:alert(1))`;

async function expectHarmless(page: Page, place: string): Promise<void> {
  const found = await page.evaluate(() => ({
    pwned: 'pwned' in window,
    live: [...document.querySelectorAll('a, img, iframe, form')].flatMap((element) =>
      ['href', 'src', 'action', 'onerror', 'onload']
        .map((name) => element.getAttribute(name) ?? '')
        .filter((value) => /^\s*javascript:|pwned/i.test(value)),
    ),
    injected: document.querySelectorAll('script:not([src]), img[src="x"], [onload], [onerror]').length,
  }));
  expect.soft(found, place).toEqual({ pwned: false, live: [], injected: 0 });
}

test('markup in every text field does nothing, on any page', once, async ({ open }) => {
  test.setTimeout(180_000);
  const there = await company();
  const { owner: boss, member, tickets } = there;
  const [first] = tickets;
  const ticket = await boss.ticket(`${image}${script}`, { description: everything, tags: ['<b>tag</b>'] });
  await boss.send('POST', `/tickets/${ticket.id}/comments`, { body: everything });
  await member.send('POST', `/tickets/${ticket.id}/comments`, {
    body: `@[${boss.fullName}](${boss.id}) ${everything}`,
  });
  await boss.send('POST', `/tickets/${ticket.id}/links`, { relation: 'relates', ticketId: first?.id });
  await boss.newRole(`${image}`, ['organization:read']);
  await boss.send('POST', '/ticket-columns', { name: `${image}`.slice(0, 60), category: 'open' });
  await boss.send('POST', '/api-keys', { name: script, scopes: ['tickets:read'] });
  const me = await member.get<{ version: number }>('/users/me');
  await member.send('PATCH', '/users/me', { fullName: image, displayName: script }, me.version);
  const organization = await boss.get<{ version: number }>('/organization');
  await boss.send('PATCH', '/organization', { name: `${image}${script}` }, organization.version);

  const campaign = await boss.send<Ok<'campaigns_create'>>('POST', '/campaigns', {
    name: image,
    subject: script,
    body: `${everything} {{first_name|<img src=x onerror="window.pwned=1">}}`,
    audience: { kind: 'members' },
  });
  await boss.send('POST', '/contact-lists', { name: image });

  const page = await open(boss);
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => expect(dialog.message()).toBe('')));
  await visit(page, '/organizations');
  for (const { name, path } of inside(there)) {
    await go(page, path);
    await expectHarmless(page, name);
  }
  await visit(page, boss.at(`/tickets/${ticket.id}`));
  await expect(page.getByText('press here').first()).toBeVisible();
  await page.getByText('press here').first().click();
  await expectHarmless(page, 'ticket with markup');
  await visit(page, boss.at(`/campaigns/${campaign.id}?step=content`));
  await expect(page.frameLocator('iframe').getByText('press here').first()).toBeVisible();
  const mail = page
    .frameLocator('iframe')
    .locator('script, img, svg, [onload], [onerror], [href^="javascript:"]');
  await expect(mail).toHaveCount(0);
  await expectHarmless(page, 'campaign with markup');
  await visit(page, boss.at('/tickets?view=list&q=img'));
  await expectHarmless(page, 'search');
});

test('no address smuggles a script in, and none leads out', async ({ open }) => {
  const asha = await owner();
  const page = await open(asha);
  for (const next of [
    'javascript:window.pwned=1',
    '//example.com',
    'https://example.com/o/x',
    '/\\example.com',
  ]) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect(page).toHaveURL(new RegExp(asha.at()));
    await expectHarmless(page, next);
  }
});

test('no storage and no cookie that scripts can read holds a token', async ({ open }) => {
  const asha = await owner();
  const page = await open(asha);
  await visit(page, asha.at('/settings/security'));
  const tokens: string[] = [];
  page.on('request', (request) => {
    const { authorization } = request.headers();
    if (authorization) tokens.push(authorization.replace('Bearer ', ''));
  });
  await visit(page, asha.at('/'));
  expect(tokens.length).toBeGreaterThan(0);
  const kept = await page.evaluate(async () => ({
    local: Object.entries({ ...localStorage }),
    session: Object.entries({ ...sessionStorage }),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    cookies: document.cookie,
  }));
  expect(kept).toMatchObject({ databases: [], caches: [] });
  const secret = (await page.context().cookies()).find(({ name }) => name === 'rt');
  expect(secret).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
  const readable = JSON.stringify(kept);
  for (const token of [...tokens, secret?.value ?? '?']) expect(readable).not.toContain(token);
  expect(readable).not.toMatch(/eyJ[\w-]{10,}\.eyJ/);
});
