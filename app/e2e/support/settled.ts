import { expect, type Page, type Request } from '@playwright/test';

/** What a page is still waiting for. */
const waiting = new WeakMap<Page, Set<Request>>();

function watched(page: Page): Set<Request> {
  const known = waiting.get(page);
  if (known) return known;
  const open = new Set<Request>();
  waiting.set(page, open);
  page.on('request', (request) => open.add(request));
  page.on('response', (response) => {
    // What the page before was waiting for, nobody waits for any longer.
    if (response.request().isNavigationRequest()) open.clear();
    // Of a refusal the app may read the status alone; it then never finishes.
    if (!response.ok()) open.delete(response.request());
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

async function settled(page: Page, path: string): Promise<void> {
  const open = watched(page);
  await expect(page.getByRole('main')).not.toBeEmpty();
  await expect
    .poll(
      async () => {
        await painted(page);
        const busy = await page.locator('[aria-busy="true"]').allInnerTexts();
        return [...[...open].map((request) => request.url()), ...busy];
      },
      { intervals: [20, 50, 100], message: `${path} has everything it asked for` },
    )
    .toEqual([]);
}

/** Loads a page and waits until it has said what it has to say. */
export async function visit(page: Page, path: string): Promise<void> {
  watched(page);
  await page.goto(path);
  await settled(page, path);
}

/**
 * The same from a page of the app to another one, without a load: a fifth of the time. The page before must be of
 * another route, since it is its going that tells the new one.
 */
export async function go(page: Page, path: string): Promise<void> {
  watched(page);
  const { pathname, search } = new URL(page.url());
  if (pathname + search === path) return;
  const content = 'main > :first-child';
  const before = await page.locator(content).elementHandle();
  await page.evaluate((to) => history.pushState({}, '', to), path);
  await page.waitForFunction(
    ([selector, old]) => {
      const now = document.querySelector(selector);
      return now !== null && now !== old;
    },
    [content, before] as const,
  );
  await before?.dispose();
  await settled(page, path);
}
