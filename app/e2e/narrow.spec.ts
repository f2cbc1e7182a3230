import type { Page } from '@playwright/test';
import { company } from './support/company';
import { inside, outside, type Place } from './support/places';
import { visit } from './support/settled';
import { expect, test } from './support/test';

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

async function walk(page: Page, places: readonly Place[]): Promise<void> {
  for (const { name, path } of places) {
    await visit(page, path);
    expect.soft(await standsOut(page), name).toEqual([]);
  }
}

for (const lang of ['en', 'ne'] as const) {
  test(`no page is wider than a telephone of 360 pixels, ${lang}`, async ({ open }) => {
    test.setTimeout(120_000);
    const there = await company();
    const telephone = { viewport: { width: 360, height: 740 }, looks: { lang } };
    await walk(await open(undefined, undefined, telephone), outside);
    await walk(await open(there.owner, undefined, telephone), inside(there));
  });
}
