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
    test.setTimeout(120_000);
    const there = await company();
    const page = await open(there.owner, undefined, { looks: { lang } });
    await visit(page, '/organizations');
    for (const { name, path } of inside(there)) {
      await go(page, path);
      expect.soft(await findings(page), name).toEqual([]);
    }
  });
}
