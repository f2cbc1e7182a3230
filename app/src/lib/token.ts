import type { SessionAnswer } from '@/api/schema';
import { type Attempts, attempts } from './attempt';
import { clientId, uuid } from './uuid';

/** What a session answer says apart from its tokens. */
export type SessionFacts = Omit<SessionAnswer, 'accessToken' | 'refreshToken' | 'tokenType'> & {
  /** Signed in with a one-time code. Read from the token only to ask for the right proof first; the server judges. */
  secondFactor: boolean;
};

export type TokenEvent =
  | { kind: 'granted'; facts: SessionFacts }
  | { kind: 'lost'; reason: 'expired' | 'signedOut' | 'otherUser' };

/** Why a refresh brought no token. Only `expired` ends the session. */
export class RefreshFailed extends Error {
  readonly cause_: 'expired' | 'refused' | 'unreachable';

  constructor(cause: 'expired' | 'refused' | 'unreachable') {
    super(`refresh: ${cause}`);
    this.name = 'RefreshFailed';
    this.cause_ = cause;
  }
}

interface Grant {
  token: string;
  expiresAt: number;
  life: number;
  facts: SessionFacts;
}

interface Answered {
  status: number;
  answer?: SessionAnswer;
}

type Message =
  | {
      kind: 'ask';
      id: string;
      slug?: string | undefined;
      userId?: string | undefined;
      stale?: string | undefined;
    }
  | { kind: 'tell'; id: string; grant: Grant }
  | { kind: 'grant'; grant: Grant }
  | { kind: 'over'; reason: 'expired' | 'signedOut' };

/** What the session needs of the browser; tests give their own. */
export interface Surroundings {
  fetch: typeof fetch;
  locks: LockManager | undefined;
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
  attempts: Attempts;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  random: () => number;
}

const ASK_MS = 100;
const LINGER_MS = 50;
const TRIES = 3;
/** All tries begin while the server still answers a repeated attempt, which is 30 s after the first. */
const ANSWER_MS = 9000;

/**
 * The access token of this tab, and nowhere else: not in a store, not in a storage, not on `window`. A tab works in one
 * organization; its token is for that one. The refresh token is a cookie no script can read.
 */
export class Tokens {
  readonly #around: Surroundings;
  readonly #listeners = new Set<(event: TokenEvent) => void>();
  #grant: Grant | undefined;
  #slug: string | undefined;
  #running: Promise<string> | undefined;
  #early: ReturnType<typeof setTimeout> | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    around.channel.addEventListener('message', (event) => this.#hear(event.data as Message));
    // Held for as long as the tab lives: others count these locks to know whether there is anybody to ask.
    void around.locks?.request('tab', { mode: 'shared' }, () => new Promise<void>(() => {}));
  }

  /** Hears what is known already, and everything from now on. */
  listen(listener: (event: TokenEvent) => void): () => void {
    this.#listeners.add(listener);
    if (this.#grant) listener({ kind: 'granted', facts: this.#grant.facts });
    return () => this.#listeners.delete(listener);
  }

  /** From now on this tab works in this organization. */
  enter(slug: string | undefined): void {
    if (slug === this.#slug) return;
    this.#slug = slug;
    if (slug !== undefined && this.#grant?.facts.organization?.slug !== slug) this.#running = undefined;
  }

  /** What the session answer said that brought the token at hand. */
  get facts(): SessionFacts | undefined {
    return this.#grant?.facts;
  }

  /** The organization that the token at hand is for. */
  get organization(): SessionFacts['organization'] {
    return this.facts?.organization;
  }

  /** A session answer came by sign-in, step-up, verified address or accepted invitation. */
  accept(answer: SessionAnswer): SessionFacts {
    const grant = this.#granted(answer);
    this.#slug = grant.facts.organization?.slug;
    this.#take(grant);
    this.#say({ kind: 'grant', grant });
    return grant.facts;
  }

  /** A token that is good for the next seconds. Without a session nobody is asked: that is what `refresh` is for. */
  async bearer(): Promise<string> {
    const grant = this.#grant;
    if (!grant && !this.#running) throw new RefreshFailed('expired');
    return grant && this.#isFresh(grant) ? grant.token : await this.refresh();
  }

  /** A new token. `rejected` is one that the server refused although it is not over yet. */
  refresh(rejected?: string): Promise<string> {
    if (this.#running) return this.#running;
    const running = this.#refreshOnce(rejected).finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }

  /** This tab signed out; so do the others. */
  signedOut(): void {
    this.#say({ kind: 'over', reason: 'signedOut' });
    this.#lose('signedOut');
  }

  /** The server no longer knows this session. */
  expired(): void {
    this.#say({ kind: 'over', reason: 'expired' });
    this.#lose('expired');
  }

  /** Refreshes ahead when the tab comes back after a pause. */
  wake(): void {
    const grant = this.#grant;
    if (grant && this.#around.now() > grant.expiresAt - grant.life * 0.2) this.#refreshAhead();
  }

  async #refreshOnce(rejected: string | undefined): Promise<string> {
    const slug = this.#slug;
    const locks = this.#around.locks;
    if (!locks) return await this.#fromServer(slug);
    return await new Promise<string>((resolve, reject) => {
      const inside = async () => {
        try {
          resolve(await this.#fromAnywhere(slug, rejected));
        } catch (error) {
          reject(error);
          return;
        }
        // The next tab in the queue shall have heard the news before it looks for itself.
        await this.#around.sleep(LINGER_MS);
      };
      locks.request('rt', inside).catch(reject);
    });
  }

  async #fromAnywhere(slug: string | undefined, rejected: string | undefined): Promise<string> {
    const known = this.#grant;
    if (known && known.token !== rejected && this.#isFresh(known)) return known.token;
    const told = (await this.#others()) ? await this.#ask(slug, rejected) : undefined;
    if (told) {
      this.#take(told);
      return told.token;
    }
    return await this.#fromServer(slug);
  }

  async #others(): Promise<boolean> {
    const held = (await this.#around.locks?.query())?.held ?? [];
    return held.filter((lock) => lock.name === 'tab').length > 1;
  }

  async #ask(slug: string | undefined, stale: string | undefined): Promise<Grant | undefined> {
    const id = uuid();
    let answer: Grant | undefined;
    const told = new Promise<void>((resolve) => {
      this.#answers.set(id, (grant) => {
        answer = grant;
        resolve();
      });
    });
    this.#say({ kind: 'ask', id, slug, userId: this.#grant?.facts.user.id, stale });
    await Promise.race([told, this.#around.sleep(ASK_MS)]);
    this.#answers.delete(id);
    return answer;
  }

  readonly #answers = new Map<string, (grant: Grant) => void>();

  async #fromServer(slug: string | undefined): Promise<string> {
    for (let turn = 1; ; turn += 1) {
      const attempt = this.#around.attempts.current();
      const { status, answer } = await this.#post(slug, attempt);
      const passing = status === 0 || status === 429 || status >= 500;
      if (!passing) this.#around.attempts.answered(attempt);
      if (answer) {
        const grant = this.#granted(answer);
        // Somebody may have gone to another organization meanwhile: then this token is only for who asked.
        if (slug === this.#slug) this.#arrive(grant);
        this.#say({ kind: 'grant', grant });
        return grant.token;
      }
      if (passing && turn < TRIES) {
        await this.#around.sleep(turn * 400);
        continue;
      }
      if (passing) throw new RefreshFailed('unreachable');
      if (status !== 401) throw new RefreshFailed('refused');
      if (this.#grant) this.expired();
      throw new RefreshFailed('expired');
    }
  }

  /** The slug may be an old one of a renamed organization; from here on the present one counts. */
  #arrive(grant: Grant): void {
    if (this.#slug !== undefined) this.#slug = grant.facts.organization?.slug;
    this.#take(grant);
  }

  /** No answer, or one that broke off, is status 0. */
  async #post(slug: string | undefined, attempt: string): Promise<Answered> {
    try {
      const response = await this.#around.fetch('/api/v1/auth/refresh', {
        method: 'POST',
        credentials: 'same-origin',
        // A page that is closed meanwhile leaves the request behind, so that the browser gets the next cookie.
        keepalive: true,
        signal: AbortSignal.timeout(ANSWER_MS),
        headers: {
          'Content-Type': 'application/json',
          'X-Refresh-Attempt': attempt,
          'X-Client-Id': clientId,
        },
        body: JSON.stringify(slug === undefined ? {} : { organizationSlug: slug }),
      });
      if (!response.ok) return { status: response.status };
      return { status: response.status, answer: (await response.json()) as SessionAnswer };
    } catch {
      return { status: 0 };
    }
  }

  #hear(message: Message): void {
    if (message.kind === 'over') this.#lose(message.reason);
    if (message.kind === 'tell') this.#answers.get(message.id)?.(message.grant);
    if (message.kind === 'grant') this.#overhear(message.grant);
    if (message.kind === 'ask') this.#answer(message);
  }

  #answer(ask: Extract<Message, { kind: 'ask' }>): void {
    const grant = this.#grant;
    if (!grant || !this.#isFresh(grant) || grant.token === ask.stale) return;
    const sameUser = ask.userId === undefined || ask.userId === grant.facts.user.id;
    const samePlace = ask.slug === undefined || ask.slug === grant.facts.organization?.slug;
    if (sameUser && samePlace) this.#say({ kind: 'tell', id: ask.id, grant });
  }

  #overhear(grant: Grant): void {
    const mine = this.#grant;
    if (!mine) return;
    if (mine.facts.user.id !== grant.facts.user.id) {
      this.#lose('otherUser');
      return;
    }
    const samePlace = mine.facts.organization?.id === grant.facts.organization?.id;
    if (samePlace && grant.expiresAt > mine.expiresAt) this.#take(grant);
  }

  #granted(answer: SessionAnswer): Grant {
    const { accessToken, refreshToken: _, tokenType: __, ...facts } = answer;
    const life = answer.expiresIn * 1000;
    return {
      token: accessToken,
      life,
      expiresAt: this.#around.now() + life,
      facts: { ...facts, secondFactor: usedCode(accessToken) },
    };
  }

  #take(grant: Grant): void {
    this.#grant = grant;
    clearTimeout(this.#early);
    const ahead = grant.life * (0.78 + this.#around.random() * 0.04);
    const left = grant.expiresAt - this.#around.now() - grant.life + ahead;
    this.#early = setTimeout(() => this.#refreshAhead(), Math.max(left, 1000));
    this.#tell({ kind: 'granted', facts: grant.facts });
  }

  /** Before the token ends; a failure is tried again by the next request. */
  #refreshAhead(): void {
    void this.refresh(this.#grant?.token).catch(() => {});
  }

  #lose(reason: 'expired' | 'signedOut' | 'otherUser'): void {
    clearTimeout(this.#early);
    const had = this.#grant !== undefined;
    this.#grant = undefined;
    this.#slug = undefined;
    if (had) this.#tell({ kind: 'lost', reason });
  }

  /** Good for another ten seconds, and for the organization this tab is in. */
  #isFresh(grant: Grant): boolean {
    const here = this.#slug === undefined || grant.facts.organization?.slug === this.#slug;
    return here && grant.expiresAt - this.#around.now() > 10_000;
  }

  #say(message: Message): void {
    this.#around.channel.postMessage(message);
  }

  #tell(event: TokenEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** Does the token's `amr` name a one-time code? A token that cannot be read says no. */
function usedCode(token: string): boolean {
  try {
    const claims = atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
    const { amr } = JSON.parse(claims) as { amr?: string[] };
    return amr?.includes('otp') ?? false;
  } catch {
    return false;
  }
}

function browser(): Surroundings {
  return {
    fetch: (...request) => globalThis.fetch(...request),
    locks: globalThis.navigator?.locks,
    channel: new BroadcastChannel('session'),
    attempts,
    now: Date.now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
  };
}

export const tokens = new Tokens(browser());
