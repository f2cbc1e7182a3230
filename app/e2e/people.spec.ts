import type { Ok } from '@/api/types';
import { mailsTo } from './support/mail';
import { address, owner } from './support/people';
import { unique } from './support/place';
import { go, visit } from './support/settled';
import { expect, test } from './support/test';

test('several people are invited at once; each row tells what became of it', async ({ open }) => {
  const asha = await owner();
  const [one, two] = [address('Hari Thapa'), address('Sita Rai')];
  const page = await open(asha, asha.at('/settings/members'));
  await page.getByRole('button', { name: 'Invite people' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Invite people' });
  await dialog.getByLabel('E-mail addresses').fill(`${one}, ${two}`);
  await dialog.getByRole('button', { name: 'Send 2 invitations' }).click();
  await expect(page.getByText('2 invitations are on their way.').first()).toBeVisible();
  await expect.poll(() => mailsTo(one).length + mailsTo(two).length).toBe(2);
});

test('a role is changed, and the button it gave is gone from the open page', async ({ open }) => {
  const asha = await owner();
  const bina = await asha.colleague('Bina Gurung');
  const other = await open(bina);
  await other.context().clock.install();
  await visit(other, bina.at('/tickets'));
  const create = other.getByRole('button', { name: 'New ticket', exact: true }).first();
  await expect(create).toBeVisible();
  const scopes = ['organization:read', 'members:read', 'tickets:read', 'notifications:read'] as const;
  await asha.newRole(unique('Reader '), [...scopes]);
  const reader = (await asha.get<Ok<'roles_list'>>('/roles?limit=100')).data.find(({ name }) =>
    name.startsWith('Reader'),
  );
  const page = await open(asha, asha.at('/settings/members'));
  await page.getByRole('button', { name: 'Role of Bina Gurung: Member. Change' }).click();
  await page.getByRole('menuitem', { name: reader?.name ?? '' }).click();
  await expect(page.getByText(`Bina Gurung is now ${reader?.name}`, { exact: true })).toBeVisible();
  await expect
    .poll(async () => {
      await other.context().clock.fastForward('00:15');
      return await create.isVisible();
    })
    .toBe(false);
});

test('one ends the session of another device from the list', async ({ open, watch }) => {
  const asha = await owner();
  const lost = await open(asha);
  await lost.context().clock.install();
  await visit(lost, asha.at('/settings/profile'));
  const page = await open(asha, asha.at('/settings/security'));
  const sessions = page.getByRole('list', { name: 'Sessions' });
  await expect(sessions.getByRole('listitem')).toHaveCount(2);
  watch.endsSession();
  watch.expect(401, '/auth/refresh');
  watch.expect(401, '/events');
  await sessions.getByRole('button', { name: /^End the session/ }).click();
  await expect(sessions.getByRole('listitem')).toHaveCount(1);
  await expect
    .poll(async () => {
      await lost.context().clock.fastForward('00:15');
      return new URL(lost.url()).pathname;
    })
    .toBe('/sign-in');
});

for (const role of ['Admin', 'Member', 'Guest']) {
  test(`${role}: walks through all that is shown, and is refused nowhere`, async ({ open }) => {
    const asha = await owner();
    const person = await asha.colleague('Bina Gurung', role);
    if (role === 'Admin') await person.enrol();
    const page = await open(person);
    await visit(page, '/organizations');
    for (const start of ['/', '/settings/profile']) {
      await go(page, person.at(start));
      const links = page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link');
      // All but the one that leads to where one is.
      const others = await links.evaluateAll((all) =>
        all.flatMap((link) => (link.ariaCurrent === 'page' ? [] : [link.getAttribute('href') ?? ''])),
      );
      expect(others.length).toBeGreaterThan(1);
      for (const path of others) {
        await go(page, path);
        await expect(page.getByText('You have no access to this page')).toBeHidden();
      }
    }
  });
}
