import { describe, expect, it, vi } from 'vitest';
import { aSession } from '@/test/factories';
import { RefreshFailed, type Surroundings, Tokens } from './token';

/** A browser with several tabs: one lock manager, one channel, one cookie jar. */
function browser() {
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
