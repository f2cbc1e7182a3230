import { findings } from './support/axe';
import { company } from './support/company';
import { inside, outside } from './support/places';
import { go, visit } from './support/settled';
import { expect, once, test } from './support/test';

for (const lang of ['en', 'ne'] as const) {
  test(
    `every page before and around a session is accessible, light and dark, ${lang}`,
    once,
    async ({ open }) => {
      const page = await open(undefined, undefined, { looks: { lang } });
      for (const { name, path } of outside) {
        await visit(page, path);
        expect.soft(await findings(page), name).toEqual([]);
      }
    },
  );

  test(`every page of an organization is accessible, light and dark, ${lang}`, once, async ({ open }) => {
    test.setTimeout(180_000);
    const there = await company();
    const page = await open(there.owner, undefined, { looks: { lang } });
    await visit(page, '/organizations');
    for (const { name, path } of inside(there)) {
      await go(page, path);
      expect.soft(await findings(page), name).toEqual([]);
    }
  });
}

test('dialogs are accessible on a telephone, light and dark', once, async ({ open }) => {
  test.setTimeout(180_000);
  const there = await company();
  const { owner } = there;
  const page = await open(owner, undefined, { viewport: { width: 390, height: 844 } });
  const dialogs = [
    { at: '/tickets', button: 'New ticket', dialog: 'New ticket' },
    { at: '/invoices/customers', button: 'New customer', dialog: 'New customer' },
    { at: '/invoices/catalogue', button: 'New item', dialog: 'New item' },
    { at: '/campaigns', button: 'New campaign', dialog: 'New campaign' },
    { at: '/campaigns/suppressions', button: 'Add an address', dialog: 'Add an address' },
    { at: '/campaigns/lists', button: 'New list', dialog: 'New list' },
    { at: `/campaigns/lists/${there.mailings.list}`, button: 'Import people', dialog: 'Import people' },
    { at: '/settings/invoices', button: 'New tax rate', dialog: 'New tax rate' },
    { at: '/settings/members', button: 'Invite people', dialog: 'Invite people' },
    { at: '/settings/roles', button: 'New role', dialog: 'New role' },
    { at: '/settings/api-keys', button: 'New key', dialog: 'New API key' },
    { at: '/settings/organization', button: 'Transfer ownership', dialog: 'Transfer ownership' },
    { at: '/settings/security', button: 'End all others', dialog: 'End all other sessions?' },
  ];
  await owner.signIn();
  await visit(page, '/organizations');
  for (const { at, button, dialog } of dialogs) {
    await go(page, owner.at(at));
    await page.getByRole('button', { name: button, exact: true }).first().click();
    const shown = page.getByRole('dialog', { name: dialog });
    await expect(shown).toBeVisible();
    expect.soft(await findings(page), dialog).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(shown).toBeHidden();
  }
});
