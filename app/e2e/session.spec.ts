import type { Page } from '@playwright/test';
import { owner } from './support/people';
import { unique } from './support/place';
import { cookies, expect, test } from './support/test';

const profile = '/settings/profile';
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /account and preferences/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to Mero Jugx' })).toBeVisible();
}

test('two tabs work in two organizations', async ({ open }) => {
  const asha = await owner();
  const second = await asha.found(unique('Annapurna '));
  const one = await open(asha, asha.at(profile));
  const two = await one.context().newPage();
  await two.goto(`/o/${second.slug}${profile}`);
  const shown = (page: Page, name: string) =>
    expect(page.getByRole('button', { name: `${name}: switch organization` })).toBeVisible();
  await shown(one, asha.organization.name);
  await shown(two, second.name);
  // What each tab asks for now is still of its own organization.
  for (const [page, id] of [
    [one, asha.organization.id],
    [two, second.id],
  ] as const) {
    const answer = page.waitForResponse((response) => response.url().endsWith('/api/v1/bootstrap'));
    await page.reload();
    expect((await (await answer).json()).organization.id).toBe(id);
  }
});

test('an organization one is no member of stays closed', async ({ open, watch }) => {
  const [asha, dipak] = [await owner(), await owner('Dipak Magar')];
  watch.expect(403, '/auth/refresh');
  const page = await open(asha, dipak.at(profile));
  await expect(page.getByText('This organization is not open to you')).toBeVisible();
  await expect(page.getByText(dipak.organization.name)).toBeHidden();
});

test('four tabs that refresh at once stay signed in, by one refresh', async ({ open }) => {
  const asha = await owner();
  const first = await open(asha);
  const { clock } = first.context();
  await clock.install();
  const others = await Promise.all([1, 2, 3].map(() => first.context().newPage()));
  const tabs = [first, ...others];
  for (const tab of tabs) await tab.goto(asha.at(profile));
  for (const tab of tabs) await expect(heading(tab)).toBeVisible();

  let refreshes = 0;
  const tokens = new Map<Page, Set<string>>(tabs.map((tab) => [tab, new Set()]));
  for (const tab of tabs) {
    tab.on('request', (request) => {
      if (request.url().endsWith('/auth/refresh')) refreshes += 1;
      const { authorization } = request.headers();
      if (authorization) tokens.get(tab)?.add(authorization);
    });
  }
  // All of them wake up late in the life of the one token they share, at the same moment.
  await clock.fastForward('13:00');
  await expect.poll(() => refreshes).toBe(1);
  // They take turns by a lock and by short pauses, which a clock that jumps would cut off.
  const waiting = () =>
    first.evaluate(async () => {
      const { held = [], pending = [] } = await navigator.locks.query();
      return [...held, ...pending].filter(({ name }) => name === 'rt').length;
    });
  await expect.poll(waiting).toBe(0);
  const latest = () => tabs.map((tab) => [...(tokens.get(tab) ?? [])].at(-1));
  const old = new Set([...tokens.values()].flatMap((seen) => [...seen]));
  await expect
    .poll(async () => {
      await clock.fastForward('00:15');
      return latest().filter((token) => token !== undefined && !old.has(token)).length;
    })
    .toBe(4);
  expect(new Set(latest()).size).toBe(1);
  expect(refreshes).toBe(1);
  for (const tab of tabs) await expect(heading(tab)).toBeVisible();
});

test('a session that was ended elsewhere is over in every tab, without a reload', async ({ open, watch }) => {
  const asha = await owner();
  const page = await open(asha);
  await page.context().clock.install();
  await page.goto(asha.at(profile));
  const tab = await page.context().newPage();
  await tab.goto(asha.at(profile));
  for (const shown of [page, tab]) await expect(heading(shown)).toHaveText('Profile');
  await asha.signIn();
  await asha.send('POST', '/auth/sessions/revoke-others');
  watch.endsSession();
  watch.expect(401, '/events');
  watch.expect(401, '/auth/refresh');
  await expect
    .poll(async () => {
      await page.context().clock.fastForward('00:15');
      return new URL(page.url()).pathname;
    })
    .toBe('/sign-in');
  await expect(page.getByText('Your session is over. Sign in to go on.')).toBeVisible();
  await expect(tab.getByRole('heading', { name: 'Sign in to Mero Jugx' })).toBeVisible();
});

test('signing out ends the session in every tab, and Back shows nothing', async ({ open }) => {
  const asha = await owner('Asha Rai');
  const page = await open(asha, asha.at(profile));
  const tab = await page.context().newPage();
  await tab.goto(asha.at(profile));
  await expect(tab.getByLabel('Full name')).toHaveValue('Asha Rai');
  await page.goto(`${asha.at(profile)}?again=1`);
  await signOut(page);
  await expect(tab.getByRole('heading', { name: 'Sign in to Mero Jugx' })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByRole('heading', { name: 'Sign in to Mero Jugx' })).toBeVisible();
  await expect(page.getByLabel('Full name')).toBeHidden();
  await page.goto(asha.at(profile));
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

test('somebody else who signs in takes over every tab', async ({ open }) => {
  const [asha, dipak] = [await owner(), await owner('Dipak Magar')];
  const page = await open(asha, asha.at(profile));
  const tab = await page.context().newPage();
  await tab.goto('/sign-in');
  await expect(tab).toHaveURL(/\/o\//);
  await page.context().addCookies(cookies(await dipak.session()));
  await tab.goto(dipak.at(profile));
  await expect(tab.getByLabel('Full name')).toHaveValue('Dipak Magar');
  await expect(page.getByText('Somebody else signed in on this browser.')).toBeVisible();
});
