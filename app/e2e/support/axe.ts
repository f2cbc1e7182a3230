import type { Page } from '@playwright/test';
import axe from 'axe-core';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** WCAG 2.2, A and AA. */
const all = { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };

/** The rules that look at colours: the others find the same in both themes. */
const colours = { type: 'rule' as const, values: ['color-contrast', 'link-in-text-block'] };

/** What the page as it stands does wrong, in both themes. */
export async function findings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const light = await scan(page, 'light', all);
  return [...light, ...(await scan(page, 'dark', colours))];
}

type Rules = typeof all | typeof colours;

/** Which theme is on, says an attribute of the root, also when the server writes it. Colours that are on their way
 *  from the other theme are neither's. */
function scan(page: Page, theme: 'light' | 'dark', runOnly: Rules): Promise<string[]> {
  return page.evaluate(
    async ([name, rules]) => {
      document.documentElement.setAttribute('data-theme', name);
      // What inherits a colour begins to change when what it inherits from has done so: one level after the other.
      const changing = () =>
        document.getAnimations().filter((animation) => animation instanceof CSSTransition);
      for (let now = changing(); now.length > 0; now = changing()) {
        await Promise.allSettled(now.map((transition) => transition.finished));
      }
      const { violations } = await window.axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${name}: ${id}: ${target.join(' ')}: ${failureSummary}`),
      );
    },
    [theme, runOnly] as const,
  );
}
