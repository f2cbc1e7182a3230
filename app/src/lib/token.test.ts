import { describe, expect, it, vi } from 'vitest';
import { aSession } from '@/test/factories';
import type { Attempts } from './attempt';
import { RefreshFailed, type Surroundings, Tokens } from './token';

/** What the cookie of an attempt is to all the pages of one browser. */
function attemptCookie() {
  let kept: string | undefined;
  let made = 0;
  const attempts: Attempts = {
    current: () => {
      made += kept === undefined ? 1 : 0;
      kept ??= `attempt-${made}`;
      return kept;
    },
    answered: (attempt) => {
      if (kept === attempt) kept = undefined;
    },
  };
  return attempts;
}

/** A browser with several tabs: one lock manager, one channel, one cookie jar. */
function browser() {
  const attempts = attemptCookie();
  const waiting = new Map<string, Promise<unknown>>();
  const held: { name: string }[] = [];
  const listeners: { tab: number; hear: (event: { data: unknown }) => void }[] = [];
  const requests: { attempt: string | null; body: unknown }[] = [];
  let serial = 1;
  let now = 1_000_000;
  const answers: (() => Response | Promise<Response>)[] = [];

  const locks = {
    request: async (name: string, ...rest: unknown[]) => {
      const run = rest.at(-1) as () => Promise<unknown>;
      const shared = rest.length === 2;
      if (shared) {
        held.push({ name });
        return await run();
      }
      const before = waiting.get(name) ?? Promise.resolve();
      const mine = before.catch(() => {}).then(run);
      waiting.set(name, mine);
      return await mine;
    },
    query: async () => ({ held, pending: [] }),
  } as unknown as LockManager;

  const fetch = vi.fn(async (_: unknown, init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    requests.push({ attempt: headers.get('X-Refresh-Attempt'), body: JSON.parse(String(init?.body)) });
    const next = answers.shift();
    if (next) return await next();
    serial += 1;
    const { organizationSlug: slug = 'himal' } = JSON.parse(String(init?.body)) as {
      organizationSlug?: string;
    };
    const organization = { id: slug, slug, name: slug, role: 'Member' };
    return Response.json(aSession({ accessToken: `token-${serial}`, organization }));
  });

  const tab = () => {
    const id = listeners.length;
    const around: Surroundings = {
      fetch: fetch as typeof globalThis.fetch,
      locks,
      attempts,
      now: () => now,
      random: () => 0.5,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 5))),
      channel: {
        postMessage: (data: unknown) => {
          for (const { tab, hear } of listeners) if (tab !== id) hear({ data });
        },
        addEventListener: (_: string, hear: unknown) => {
          listeners.push({ tab: id, hear: hear as (event: { data: unknown }) => void });
        },
      } as Surroundings['channel'],
    };
    return new Tokens(around);
  };
  return { tab, fetch, requests, answers, pass: (ms: number) => (now += ms) };
}

const status = (code: number) => () => new Response('{}', { status: code });

describe('refresh', () => {
  it('asks the server once for four tabs whose tokens end together', async () => {
    const { tab, fetch, pass } = browser();
    const tabs = [tab(), tab(), tab(), tab()];
    for (const one of tabs) one.accept(aSession());
    pass(895_000);
    const got = await Promise.all(tabs.map((one) => one.bearer()));
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(new Set(got)).toEqual(new Set(['token-2']));
  });

  it('gives each tab a token for its own organization', async () => {
    const { tab, requests } = browser();
    const [one, two] = [tab(), tab()];
    one.enter('himal');
    two.enter('new-road');
    const got = await Promise.all([one.refresh(), two.refresh()]);
    expect(new Set(got).size).toBe(2);
    expect(requests.map(({ body }) => body)).toEqual([
      { organizationSlug: 'himal' },
      { organizationSlug: 'new-road' },
    ]);
  });

  it('does not take another user’s token from a neighbour', async () => {
    const { tab, fetch, pass } = browser();
    const [mine, other] = [tab(), tab()];
    mine.accept(aSession());
    pass(895_000);
    const stranger = aSession({ accessToken: 'foreign' });
    const lost = vi.fn();
    mine.listen(lost);
    other.accept({ ...stranger, user: { ...stranger.user, id: 'u2' } });
    expect(lost).toHaveBeenCalledWith({ kind: 'lost', reason: 'otherUser' });
    expect(fetch).not.toHaveBeenCalled();
  });

  it('repeats a lost answer with the same attempt, and takes a new one afterwards', async () => {
    const { tab, requests, answers } = browser();
    const one = tab();
    answers.push(() => Promise.reject(new TypeError('network')), status(503));
    await one.refresh();
    await one.refresh('token-2');
    const attempts = requests.map(({ attempt }) => attempt);
    expect(attempts).toHaveLength(4);
    expect(new Set(attempts.slice(0, 3)).size).toBe(1);
    expect(attempts[3]).not.toBe(attempts[0]);
  });

  it('ends the session in every tab when the server no longer knows it', async () => {
    const { tab, answers, pass } = browser();
    const [one, two] = [tab(), tab()];
    one.accept(aSession());
    two.accept(aSession());
    pass(895_000);
    const [first, second] = [vi.fn(), vi.fn()];
    one.listen(first);
    two.listen(second);
    answers.push(status(401));
    await expect(one.refresh()).rejects.toThrow(new RefreshFailed('expired'));
    expect(first).toHaveBeenCalledWith({ kind: 'lost', reason: 'expired' });
    expect(second).toHaveBeenCalledWith({ kind: 'lost', reason: 'expired' });
  });

  it('asks nobody once the session is over', async () => {
    const { tab, fetch } = browser();
    const one = tab();
    one.accept(aSession());
    one.signedOut();
    await expect(one.bearer()).rejects.toThrow(new RefreshFailed('expired'));
    expect(fetch).not.toHaveBeenCalled();
  });

  it('keeps the session when the server cannot be reached or refuses the organization', async () => {
    const { tab, answers } = browser();
    const one = tab();
    const lost = vi.fn();
    one.listen(lost);
    answers.push(status(503), status(503), status(503));
    await expect(one.refresh()).rejects.toThrow(new RefreshFailed('unreachable'));
    answers.push(status(403));
    await expect(one.refresh()).rejects.toThrow(new RefreshFailed('refused'));
    expect(lost).not.toHaveBeenCalled();
  });

  it('follows a renamed organization instead of asking for its old name for ever', async () => {
    const { tab, fetch, answers } = browser();
    const one = tab();
    one.enter('old-name');
    const organization = { id: 'o', slug: 'new-name', name: 'New', role: 'Owner' };
    answers.push(() => Response.json(aSession({ accessToken: 'renamed', organization })));
    expect(await one.refresh()).toBe('renamed');
    expect(await one.bearer()).toBe('renamed');
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});

type Fate = 'lost on the way' | 'answer lost' | 'cookie came' | 'broken off' | 'answered';

/**
 * A browser whose pages come and go, and a server that trades each refresh token once: shown again it is theft, except
 * by the same attempt as long as nobody used the successor.
 */
function world({ locking = true } = {}) {
  const attempts = attemptCookie();
  const traded = new Map<string, string>();
  const successor = (token: string, attempt: string) => `${token}>${attempt}`;
  const options: RequestInit[] = [];
  let cookie = 'first';
  let theft = false;
  let queue: Promise<unknown> = Promise.resolve();
  const fates: Fate[] = [];

  const trade = (token: string, attempt: string): string | undefined => {
    const by = traded.get(token);
    const next = successor(token, attempt);
    if (by !== undefined && (by !== attempt || traded.has(next))) theft = true;
    if (theft) return undefined;
    traded.set(token, attempt);
    return next;
  };
  const fetch = async (_: unknown, init: RequestInit = {}) => {
    options.push(init);
    const attempt = new Headers(init.headers).get('X-Refresh-Attempt') ?? '';
    const fate = fates.shift() ?? 'answered';
    const never = () => new Promise<Response>(() => {});
    const shown = cookie;
    if (fate === 'lost on the way') return await never();
    await new Promise((resolve) => setTimeout(resolve, 1));
    const next = trade(shown, attempt);
    if (fate === 'answer lost') return await never();
    if (next === undefined) return new Response('{}', { status: 401 });
    cookie = next;
    if (fate === 'cookie came') return await never();
    if (fate === 'broken off') return new Response('{"accessTok', { status: 200 });
    return Response.json(aSession({ accessToken: `for ${next}` }));
  };
  const locks = {
    request: async (_: string, ...rest: unknown[]) => {
      const run = rest.at(-1) as () => Promise<unknown>;
      if (rest.length === 2) return await run();
      const mine = queue.catch(() => {}).then(run);
      queue = mine;
      return await mine;
    },
    query: async () => ({ held: [], pending: [] }),
  } as unknown as LockManager;
  const page = () =>
    new Tokens({
      fetch: fetch as typeof globalThis.fetch,
      locks: locking ? locks : undefined,
      attempts,
      now: Date.now,
      random: () => 0.5,
      sleep: async () => {},
      channel: { postMessage: () => {}, addEventListener: () => {} } as Surroundings['channel'],
    });
  /** A page that begins a refresh and is gone before it hears of it; the browser takes back its lock. */
  const shortLived = async (fate: Fate) => {
    fates.push(fate);
    void page().refresh();
    await new Promise((resolve) => setTimeout(resolve, 5));
    queue = Promise.resolve();
  };
  const forget = () => attempts.answered(attempts.current());
  return { page, shortLived, forget, fates, options, isTheft: () => theft };
}

describe('a page that goes away while it refreshes', () => {
  const moments: Fate[] = ['lost on the way', 'answer lost', 'cookie came'];

  it.each(moments)('leaves the session to the next one: %s', async (moment) => {
    const { page, shortLived, isTheft } = world();
    await shortLived(moment);
    const next = page();
    const first = await next.refresh();
    expect(first).toMatch(/^for first>/);
    expect(await next.refresh(first)).not.toBe(first);
    expect(isTheft()).toBe(false);
  });

  it('does so time after time, also for the tabs that wait behind it', async () => {
    const { page, shortLived, isTheft } = world();
    for (const moment of [...moments, ...moments]) await shortLived(moment);
    const tabs = [page(), page(), page()];
    await Promise.all(tabs.map((tab) => tab.refresh()));
    expect(isTheft()).toBe(false);
  });

  it('is a thief to the server of these tests where the attempt is forgotten', async () => {
    const { page, shortLived, isTheft, forget } = world();
    await shortLived('answer lost');
    forget();
    await expect(page().refresh()).rejects.toThrow(new RefreshFailed('expired'));
    expect(isTheft()).toBe(true);
  });

  it('leaves a request behind that outlives it, and waits no longer than the server repeats itself', async () => {
    const { page, options } = world();
    await page().refresh();
    expect(options[0]).toMatchObject({ keepalive: true });
    expect(options[0]?.signal).toBeInstanceOf(AbortSignal);
  });
});

describe('where there are no locks', () => {
  it('two tabs that refresh at once are one attempt', async () => {
    const { page, isTheft } = world({ locking: false });
    const got = await Promise.all([page().refresh(), page().refresh()]);
    expect(new Set(got).size).toBe(1);
    expect(isTheft()).toBe(false);
  });
});

it('asks again for an answer that broke off', async () => {
  const { page, fates, isTheft } = world();
  fates.push('broken off');
  expect(await page().refresh()).toMatch(/^for first>.+>/);
  expect(isTheft()).toBe(false);
});
