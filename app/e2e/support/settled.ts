import { expect, type Page } from '@playwright/test';

/** What a page is still waiting for. */
const waiting = new WeakMap<Page, Set<object>>();

function watched(page: Page): Set<object> {
  const known = waiting.get(page);
  if (known) return known;
  const open = new Set<object>();
  waiting.set(page, open);
  page.on('request', (request) => open.add(request));
  // What the page before was waiting for, nobody waits for any longer.
  page.on('response', (response) => {
    if (response.request().isNavigationRequest()) open.clear();
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return open;
}

/** Two frames: what the last answer brought is on the screen. */
const painted = (page: Page) =>
  page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );

/** Goes to a page and waits until it has said what it has to say. */
export async function visit(page: Page, path: string): Promise<void> {
  const open = watched(page);
  await page.goto(path);
  await expect(page.getByRole('main')).not.toBeEmpty();
  await expect
    .poll(
      async () => {
        await painted(page);
        return open.size + (await page.locator('[aria-busy="true"]').count());
      },
      { intervals: [20, 50, 100], message: `${path} has everything it asked for` },
    )
    .toBe(0);
}
