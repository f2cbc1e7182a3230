import type { Page } from '@playwright/test';
import { company } from './support/company';
import { inside, outside } from './support/places';
import { go, visit } from './support/settled';
import { expect, once, test } from './support/test';

/** What stands out of the window to the right, unless something that scrolls by itself holds it. */
function standsOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const held = (element: Element): boolean => {
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
        if (at.id !== 'main' && /auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX)) return true;
      }
      return false;
    };
    const wide = [...document.querySelectorAll('body *')].filter((element) => {
      const { right, width: own } = element.getBoundingClientRect();
      return own > 0 && right > width + 1 && !held(element);
    });
    const main = document.getElementById('main');
    const scrolls = [document.documentElement, main].filter(
      (it) => it && it.scrollWidth > it.clientWidth + 1,
    );
    return [...wide, ...scrolls].map((it) => it?.outerHTML.slice(0, 160) ?? '');
  });
}

for (const lang of ['en', 'ne'] as const) {
  const telephone = { viewport: { width: 360, height: 740 }, looks: { lang } };

  test(`no page before and around a session is wider than a telephone, ${lang}`, once, async ({ open }) => {
    const page = await open(undefined, undefined, telephone);
    for (const { name, path } of outside) {
      await visit(page, path);
      expect.soft(await standsOut(page), name).toEqual([]);
    }
  });

  test(`no page of an organization is wider than a telephone, ${lang}`, once, async ({ open }) => {
    test.setTimeout(180_000);
    const there = await company();
    const page = await open(there.owner, undefined, telephone);
    await visit(page, '/organizations');
    for (const { name, path } of inside(there)) {
      await go(page, path);
      expect.soft(await standsOut(page), name).toEqual([]);
    }
  });
}
