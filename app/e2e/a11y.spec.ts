import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { company } from './support/company';
import { inside, outside, type Place } from './support/places';
import { visit } from './support/settled';
import { expect, test } from './support/test';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The rules that look at colours: the others find the same in both themes. */
const colours = ['color-contrast', 'link-in-text-block'];

async function findings(page: Page, theme: 'light' | 'dark'): Promise<string[]> {
  await page.evaluate((on) => document.documentElement.setAttribute('data-theme', on), theme);
  const axe = new AxeBuilder({ page });
  const { violations } = await (theme === 'light' ? axe.withTags(rules) : axe.withRules(colours)).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

/** Both themes of every page. Which one is on says an attribute of the root, also when the server writes it. */
async function scan(page: Page, places: readonly Place[]): Promise<void> {
  for (const { name, path } of places) {
    await test.step(name, async () => {
      await visit(page, path);
      for (const theme of ['light', 'dark'] as const) {
        expect.soft(await findings(page, theme), `${name}, ${theme}`).toEqual([]);
      }
    });
  }
}

for (const lang of ['en', 'ne'] as const) {
  test(`every page is accessible, light and dark, ${lang}`, async ({ open }) => {
    test.setTimeout(240_000);
    const there = await company();
    await scan(await open(undefined, undefined, { looks: { lang } }), outside);
    await scan(await open(there.owner, undefined, { looks: { lang } }), inside(there));
  });
}
