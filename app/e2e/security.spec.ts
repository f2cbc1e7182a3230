import type { Page } from '@playwright/test';
import { mailsTo } from './support/mail';
import { owner } from './support/people';
import { enrol, expectInside, keepCodes, signIn } from './support/steps';
import { expect, test } from './support/test';

const security = '/settings/security';
const factor = (page: Page) => page.getByRole('region', { name: 'Two-factor sign-in' });

test('a password is changed: the old one is asked for, and every other device is signed out', async ({
  open,
  watch,
}) => {
  const asha = await owner();
  const elsewhere = await open(asha, asha.at('/settings/profile'));
  const page = await open(asha, asha.at(security));
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByLabel('Current password', { exact: true }).fill('not mine at all');
  const next = 'eleven boats under the bridge';
  await page.getByLabel('New password', { exact: true }).fill(next);
  watch.expect(422, '/auth/password');
  await page.getByRole('button', { name: 'Change password' }).click();
  const current = page.getByLabel('Current password', { exact: true });
  await expect(current).toHaveAccessibleDescription(/This is not your password/);
  await expect(current).toBeFocused();
  // The tokens of this device are replaced as well: what is asked for meanwhile is asked again.
  watch.endsSession();
  await current.fill(asha.password);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Password changed. The other devices are signed out.').first()).toBeVisible();
  await expect(page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')).toHaveCount(1);
  await expect
    .poll(() => mailsTo(asha.email).filter(({ subject }) => /password/i.test(subject)).length)
    .toBe(1);

  watch.expect(401, '/auth/refresh');
  await elsewhere.reload();
  await expect(elsewhere.getByRole('heading', { name: 'Sign in to Mero Jugx' })).toBeVisible();
  watch.expect(401, '/auth/login');
  await signIn(elsewhere, asha);
  await expect(elsewhere.getByRole('alert')).toContainText('E-mail and password do not match.');
  await signIn(elsewhere, { ...asha, email: asha.email, password: next });
  await elsewhere.getByLabel('Six-digit code').fill((await asha.telephone?.code()) ?? '');
  await expectInside(elsewhere);
});

test('a member sets up a second factor by choice; from then on the sign-in asks for it', async ({ open }) => {
  const asha = await owner();
  const bina = await asha.colleague('Bina Gurung');
  const page = await open(bina, bina.at(security));
  await factor(page).getByRole('button', { name: 'Set up' }).click();
  const { telephone, codes } = await enrol(page, factor(page));
  await expect(factor(page).getByText('On', { exact: true })).toBeVisible();
  // They are not shown a second time.
  for (const code of codes) await expect(page.getByText(code)).toBeHidden();

  const other = await open(undefined, '/sign-in');
  await signIn(other, bina);
  await expect(other.getByRole('heading', { name: 'Enter your code' })).toBeVisible();
  await other.getByLabel('Six-digit code').fill(await telephone.code());
  await expectInside(other);
});

test('new recovery codes are shown once, and the ones before are worth nothing', async ({ open }) => {
  const asha = await owner();
  const page = await open(asha, asha.at(security));
  const [old] = asha.recoveryCodes;
  await factor(page).getByRole('button', { name: 'New recovery codes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make new recovery codes?' });
  await dialog.getByRole('button', { name: 'New recovery codes' }).click();
  const codes = await keepCodes(page, factor(page));
  expect(codes).not.toContain(old);
  await expect(page.getByText(codes[0] ?? '?')).toBeHidden();
  asha.recoveryCodes = [old ?? ''];
  await expect(asha.signIn()).rejects.toThrow(/401/);
  asha.recoveryCodes = codes;
  await asha.signIn();
});

test('all other sessions are ended after a question', async ({ open, watch }) => {
  const asha = await owner();
  const others = [await open(asha, asha.at('/')), await open(asha, asha.at('/'))];
  const page = await open(asha, asha.at(security));
  const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
  await expect(sessions).toHaveCount(3);
  await expect(sessions.first()).toContainText('This device');
  await page.getByRole('button', { name: 'End all others' }).click();
  const dialog = page.getByRole('dialog', { name: 'End all other sessions?' });
  watch.endsSession();
  await dialog.getByRole('button', { name: 'End all others' }).click();
  await expect(sessions).toHaveCount(1);
  watch.expect(401, '/auth/refresh');
  for (const other of others) {
    await other.reload();
    await expect(other.getByRole('heading', { name: 'Sign in to Mero Jugx' })).toBeVisible();
  }
  await page.reload();
  await expectInside(page);
});
