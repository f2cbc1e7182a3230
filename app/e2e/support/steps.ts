import type { Locator, Page } from '@playwright/test';
import type { Person } from './people';
import { expect } from './test';
import { Telephone } from './totp';

export async function signIn(page: Page, { email, password }: Pick<Person, 'email' | 'password'>) {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The recovery codes that are shown just now. Nobody gets past them without a word. */
export async function keepCodes(page: Page, where: Locator): Promise<string[]> {
  await expect(page.getByRole('heading', { name: 'Keep your recovery codes' })).toBeVisible();
  const codes = await where.getByRole('listitem').allInnerTexts();
  expect(new Set(codes).size).toBe(10);
  const on = page.getByRole('button', { name: 'Continue' });
  await expect(on).toBeDisabled();
  await page.getByRole('checkbox', { name: 'I have kept them in a safe place' }).click();
  await on.click();
  return codes;
}

/** The steps of setting up a second factor, as they are asked for there. */
export async function enrol(page: Page, where: Locator): Promise<{ telephone: Telephone; codes: string[] }> {
  await expect(page.getByRole('img', { name: 'QR code with the secret of your account' })).toBeVisible();
  const telephone = new Telephone((await where.locator('code').first().textContent()) ?? '');
  await page.getByLabel('Six-digit code').fill(await telephone.code());
  return { telephone, codes: await keepCodes(page, where) };
}

const insideOrganization = /\/o\/[^/]+/;

export async function expectInside(page: Page): Promise<void> {
  await expect(page).toHaveURL(insideOrganization);
  await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
}
