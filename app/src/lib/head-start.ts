import type { Bootstrap, Scope } from '@/api/schema';
import { readCookie } from './cookie';
import { tokens } from './token';

/** The cookie that says that there is a session in this browser; what the session is, no script can read. */
export const SESSION_HINT = 'mj_session';

export const isSessionHinted = () => readCookie(SESSION_HINT) === '1';

/** The organization that an address names. */
export function slugOf(path: string): string | undefined {
  const slug = /^\/o\/([^/]+)/.exec(path)?.[1];
  return slug === undefined ? undefined : decodeURIComponent(slug);
}

/** What pages of an organization ask for first, and what it takes to be answered. */
const first: { path: string; scope: Scope; app?: string; page?: RegExp }[] = [
  { path: '/settings', scope: 'settings:read' },
  { path: '/ticket-board', scope: 'tickets:read', app: 'tickets', page: /^\/o\/[^/]+\/tickets\/?$/ },
];

const begun = new Map<string, Promise<unknown>>();

/** Of which organization an answer tells; one that was fetched for another is nobody's. */
const keyOf = (path: string, organization: string | undefined) => `${organization} ${path}`;

/**
 * The session, and then the first answers: asked for while the browser still fetches the app. Nothing is shown and
 * nothing is decided here. What fails is asked for again by whoever wants it, who then says what went wrong.
 */
export async function headStart(path: string): Promise<void> {
  if (!isSessionHinted()) return;
  const slug = slugOf(path);
  tokens.enter(slug);
  try {
    const token = await tokens.refresh();
    const { organization, mfaSetupRequired, scopes } = tokens.facts ?? {};
    if (slug === undefined || !organization || mfaSetupRequired) return;
    const begin = (get: string) => {
      const answer = ask(get, token);
      answer.catch(() => undefined);
      begun.set(keyOf(get, organization.id), answer);
      return answer;
    };
    const boot = begin('/bootstrap') as Promise<Bootstrap>;
    for (const { path: get, scope, app, page } of first) {
      if (!scopes?.includes(scope) || page?.test(path) === false) continue;
      if (app === undefined) begin(get);
      else boot.then(({ apps }) => apps.includes(app) && begin(get)).catch(() => undefined);
    }
  } catch {
    // As above: the session store asks again.
  }
}

async function ask(path: string, token: string): Promise<unknown> {
  const response = await fetch(`/api/v1${path}`, { headers: { Authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(String(response.status));
  return await response.json();
}

/** The answer to the first request for this, if it was begun ahead and came. Everybody after asks for himself. */
export async function ahead(path: string, organization: string | undefined): Promise<unknown> {
  const key = keyOf(path, organization);
  const answer = begun.get(key);
  begun.delete(key);
  return await answer?.catch(() => undefined);
}

/** The app stands; what nobody has asked for by now would be old news. */
export function endHeadStart(): void {
  begun.clear();
}
