import type { BrowserContext, Page } from '@playwright/test';

interface Expected {
  status: number;
  path: string;
  seen: boolean;
}

/** Chromium says this of every answer above 399; those are judged by their status. */
const ANSWER = /^Failed to load resource: the server responded with a status of/;

/**
 * Everything that no page of ours may do: errors in the console, errors of scripts, broken content rules, and answers
 * above 399 that the story did not name.
 */
export class Watch {
  readonly #faults: string[] = [];
  readonly #expected: Expected[] = [];
  #offline = false;

  async look(context: BrowserContext): Promise<void> {
    context.on('page', (page) => this.#page(page));
    context.on('response', (response) => {
      if (response.status() >= 400) this.#answer(response.status(), new URL(response.url()));
    });
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`content rule ${event.violatedDirective} broken by ${event.blockedURI}`);
      });
    });
  }

  /** The story will bring this answer about; it fails if it does not. */
  expect(status: number, path: string): void {
    this.#expected.push({ status, path, seen: false });
  }

  /** An answer that comes along with an expected one, or not, as it happens. */
  tolerate(status: number, path: string): void {
    this.#expected.push({ status, path, seen: true });
  }

  /** Somebody's session ends: whatever a page asks for before it knows is refused. */
  endsSession(): void {
    this.tolerate(401, '');
  }

  /** The network is taken away on purpose. */
  offline(): void {
    this.#offline = true;
  }

  #page(page: Page): void {
    page.on('pageerror', (error) => this.#faults.push(`script error: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      if (message.type() !== 'error' || ANSWER.test(text)) return;
      if (this.#offline && /net::ERR_(INTERNET_DISCONNECTED|FAILED)/.test(text)) return;
      this.#faults.push(`console: ${text} (${page.url()})`);
    });
    page.on('crash', () => this.#faults.push(`crashed: ${page.url()}`));
  }

  #answer(status: number, { pathname }: URL): void {
    const expected = this.#expected.filter((one) => one.status === status && pathname.endsWith(one.path));
    for (const one of expected) one.seen = true;
    if (expected.length === 0) this.#faults.push(`answer ${status}: ${pathname}`);
  }

  faults(): string[] {
    const missed = this.#expected.filter(({ seen }) => !seen);
    return [...this.#faults, ...missed.map(({ status, path }) => `no answer ${status} of ${path} came`)];
  }
}
