import { type Browser, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test';
import type { Person } from './people';
import { place } from './place';
import { visit } from './settled';
import { Watch } from './watch';

/**
 * Stories that `cargo xtask test` runs on the small installation alone: what they look at is made in the browser, by the
 * same build, so servers would say nothing new. The others meet two api processes, workers and Redis as well.
 */
export const once = { tag: '@once' };

export interface Looks {
  theme?: 'light' | 'dark';
  lang?: 'en' | 'ne';
}

export interface Opening extends BrowserContextOptions {
  looks?: Looks;
}

interface Fixtures {
  watch: Watch;
  /** A browser of their own for somebody who is signed in, or for nobody; at a page, if one is named. */
  open: (person: Person | undefined, path?: string, opening?: Opening) => Promise<Page>;
}

/** What is kept in a browser of somebody who signed in there. */
export function cookies(session: string | undefined, { theme, lang }: Looks = {}) {
  const ours = { url: place.url, sameSite: 'Lax' as const };
  const kept = Object.entries({ mj_theme: theme, mj_lang: lang });
  const preferences = kept.flatMap(([name, value]) => (value ? [{ ...ours, name, value }] : []));
  if (session === undefined) return preferences;
  // Without TLS, on this machine alone, the cookie has its plain name.
  const secret = { url: place.url, name: 'rt', value: session, httpOnly: true, sameSite: 'Strict' as const };
  return [...preferences, { ...ours, name: 'mj_session', value: '1' }, secret];
}

async function inBrowser(browser: Browser, watch: Watch, person: Person | undefined, opening: Opening) {
  const { looks = {}, ...options } = opening;
  const context = await browser.newContext(options);
  await watch.look(context);
  await context.addCookies(cookies(await person?.session(), looks));
  return context;
}

export const test = base.extend<Fixtures>({
  watch: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const watch = new Watch();
      await use(watch);
      expect(watch.faults()).toEqual([]);
    },
    { auto: true },
  ],
  context: async ({ context, watch }, use) => {
    await watch.look(context);
    await use(context);
  },
  open: async ({ browser, watch }, use) => {
    const opened: Array<{ close: () => Promise<void> }> = [];
    await use(async (person, path, opening = {}) => {
      const context = await inBrowser(browser, watch, person, opening);
      opened.push(context);
      const page = await context.newPage();
      if (path !== undefined) await visit(page, path);
      return page;
    });
    await Promise.all(opened.map((context) => context.close()));
  },
});

export { expect };
