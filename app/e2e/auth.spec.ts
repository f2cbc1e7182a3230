import type { Ok } from '@/api/types';
import { mailedLink, mailsTo } from './support/mail';
import { address, newcomer, owner, PASSWORD } from './support/people';
import { unique } from './support/place';
import { enrol, expectInside, signIn } from './support/steps';
import { expect, test } from './support/test';

test('somebody signs up, follows the mail, sets up codes and sees the first page', async ({ page, open }) => {
  const [email, organization] = [address('Sunita Shrestha'), unique('Sagarmatha ')];
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Sign in to Mero Jugx' })).toBeVisible();
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Work e-mail').fill(email);
  await page.keyboard.press('Enter');
  await page.getByLabel('Full name').fill('Sunita Shrestha');
  await page.keyboard.press('Enter');
  // Each step has an address, and Back keeps what was typed.
  await expect(page.getByRole('heading', { name: 'Choose a password' })).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel('Full name')).toHaveValue('Sunita Shrestha');
  await page.goForward();
  await page.getByLabel('New password', { exact: true }).fill('too short');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('The password needs at least 12 characters.')).toBeVisible();
  await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Organization name').fill(organization);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible();
  await expect(page.getByText(email)).toBeVisible();

  await page.goto(await mailedLink(email, 'verify-email'));
  await expect(page.getByRole('heading', { name: 'Set up two-factor sign-in' })).toBeVisible();
  const { telephone } = await enrol(page, page.getByRole('main'));
  await expectInside(page);
  await expect(page.getByRole('button', { name: `${organization}: switch organization` })).toBeVisible();
  // The session outlives a reload, and the link in the mail works once.
  await page.reload();
  await expectInside(page);

  const other = await open(undefined, '/sign-in');
  await signIn(other, { email, password: PASSWORD });
  await other.getByLabel('Six-digit code').fill(await telephone.code());
  await expectInside(other);
});

test('a link that was used says so', async ({ page, watch }) => {
  const asha = await newcomer();
  watch.expect(401, '/auth/verify-email');
  await page.goto(await mailedLink(asha.email, 'verify-email'));
  await expect(page.getByRole('alert')).toContainText('This link is no longer valid');
});

test('who has not confirmed the address is told, and gets the mail again', async ({ page, watch }) => {
  const email = address('Hari Thapa');
  await page.request.post('/api/v1/auth/register', {
    data: { email, password: PASSWORD, fullName: 'Hari Thapa', organizationName: unique('Thapa ') },
  });
  await mailedLink(email, 'verify-email');
  await page.goto('/sign-in');
  watch.expect(403, '/auth/login');
  await signIn(page, { email, password: PASSWORD });
  await expect(page.getByRole('alert')).toContainText('Your address is not confirmed yet');
  await page.getByRole('button', { name: 'Send the mail again' }).click();
  await expect.poll(() => mailsTo(email).length).toBe(2);
});

test('a wrong password and a wrong code are refused, the right ones let in', async ({ page, watch }) => {
  const asha = await owner();
  await page.goto('/sign-in');
  watch.expect(401, '/auth/login');
  await signIn(page, { email: asha.email, password: 'not the password at all' });
  await expect(page.getByRole('alert')).toContainText('E-mail and password do not match.');
  await signIn(page, asha);
  await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible();
  watch.expect(401, '/auth/mfa/challenge');
  await page.getByLabel('Six-digit code').fill(asha.telephone?.wrong() ?? '');
  await expect(page.getByText('The code does not match, or was used already.')).toBeVisible();
  await page.getByLabel('Six-digit code').fill((await asha.telephone?.code()) ?? '');
  await expectInside(page);
});

test('a recovery code lets in once', async ({ open, watch }) => {
  const asha = await owner();
  const code = asha.recoveryCodes.pop() ?? '';
  const withRecoveryCode = async () => {
    const page = await open(undefined, '/sign-in');
    await signIn(page, asha);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(code);
    await page.getByRole('button', { name: 'Continue' }).click();
    return page;
  };
  await expectInside(await withRecoveryCode());
  watch.expect(401, '/auth/mfa/challenge');
  await expect((await withRecoveryCode()).getByText('was used already')).toBeVisible();
});

test('a forgotten password is set anew by mail, and ends every session', async ({ open, watch }) => {
  const asha = await owner();
  const elsewhere = await open(asha, asha.at('/settings/profile'));
  await expectInside(elsewhere);
  const page = await open(undefined, '/sign-in');
  await page.getByRole('link', { name: 'Forgot it?' }).click();
  await expect(page.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible();
  await page.getByLabel('E-mail').fill(asha.email);
  await page.getByRole('button', { name: 'Send link' }).click();
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible();
  await page.goto(await mailedLink(asha.email, 'reset-password'));
  asha.password = 'another road through the hills';
  await page.getByLabel('New password', { exact: true }).fill(asha.password);
  watch.endsSession();
  await page.getByRole('button', { name: 'Save password' }).click();
  await expect(page.getByText('Your password is changed. Sign in with the new one.')).toBeVisible();
  await signIn(page, asha);
  await page.getByLabel('Six-digit code').fill((await asha.telephone?.code()) ?? '');
  await expectInside(page);

  watch.expect(401, '/auth/refresh');
  await elsewhere.reload();
  await expect(elsewhere.getByRole('heading', { name: 'Sign in to Mero Jugx' })).toBeVisible();
});

test('somebody new joins by the link of an invitation', async ({ open }) => {
  const asha = await owner('Asha Rai');
  const email = address('Bina Gurung');
  await asha.invite(email);
  const page = await open(undefined, await mailedLink(email, 'accept-invitation'));
  await expect(page.getByRole('heading', { name: `Join ${asha.organization.name}` })).toBeVisible();
  await expect(page.getByText('Asha Rai invited you as Member.')).toBeVisible();
  await page.getByLabel('Full name').fill('Bina Gurung');
  await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Join' }).click();
  await expectInside(page);
  expect(page.url()).toContain(asha.at());
});

test('somebody with an account signs in first and then joins', async ({ open, watch }) => {
  const [asha, dipak] = [await owner('Asha Rai'), await owner('Dipak Magar')];
  await asha.invite(dipak.email);
  const page = await open(undefined, await mailedLink(dipak.email, 'accept-invitation'));
  await page.getByLabel('Full name').fill('Dipak Magar');
  await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
  watch.expect(409, '/invitations/accept');
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('alert').getByRole('link', { name: 'Sign in' }).click();
  await signIn(page, dipak);
  await page.getByLabel('Six-digit code').fill((await dipak.telephone?.code()) ?? '');
  await expect(page.getByText(`You are signed in as ${dipak.email}.`)).toBeVisible();
  await page.getByRole('button', { name: 'Join' }).click();
  await expectInside(page);
  expect(page.url()).toContain(asha.at());
  await page.getByRole('button', { name: `${asha.organization.name}: switch organization` }).click();
  await page.getByRole('menuitem', { name: dipak.organization.name }).click();
  await expect(page).toHaveURL(new RegExp(dipak.at()));
});

test('somebody who is signed in joins by one press, and is then in both organizations', async ({ open }) => {
  const [asha, dipak] = [await owner('Asha Rai'), await owner('Dipak Magar')];
  await asha.invite(dipak.email);
  const page = await open(dipak, await mailedLink(dipak.email, 'accept-invitation'));
  await expect(page.getByRole('heading', { name: `Join ${asha.organization.name}` })).toBeVisible();
  await expect(page.getByText(`You are signed in as ${dipak.email}.`)).toBeVisible();
  await page.getByRole('button', { name: 'Join' }).click();
  await expectInside(page);
  expect(page.url()).toContain(asha.at());
  const both = (await dipak.get<Ok<'organizations_list'>>('/organizations')).data.map(({ id }) => id);
  expect(both.toSorted()).toEqual([asha.organization.id, dipak.organization.id].toSorted());
});

test('an invitation for somebody else is refused', async ({ open, watch }) => {
  const [asha, dipak] = [await owner('Asha Rai'), await owner('Dipak Magar')];
  const email = address('Bina Gurung');
  await asha.invite(email);
  const page = await open(dipak, await mailedLink(email, 'accept-invitation'));
  watch.expect(403, '/invitations/accept');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('alert')).toContainText('This invitation is for another e-mail address.');
});
