import { create } from 'zustand';
import type { SessionOrganization, SessionUser } from '@/api/schema';
import { writeCookie } from '@/lib/cookie';
import { isSessionHinted, SESSION_HINT } from '@/lib/head-start';
import { RefreshFailed, type SessionFacts, type TokenEvent, tokens } from '@/lib/token';

export type Ending = 'expired' | 'signedOut' | 'otherUser';

interface SessionState {
  /** `unreachable`: the server did not answer, so nobody knows. */
  status: 'unknown' | 'guest' | 'user' | 'unreachable';
  user: SessionUser | undefined;
  /** The one this tab works in. */
  organization: SessionOrganization | undefined;
  organizations: readonly SessionOrganization[];
  mfaSetupRequired: boolean;
  /** Signed in with a one-time code. */
  secondFactor: boolean;
  /** Why the last session of this tab ended. */
  ended: Ending | undefined;
}

const nobody: SessionState = {
  status: 'unknown',
  user: undefined,
  organization: undefined,
  organizations: [],
  mfaSetupRequired: false,
  secondFactor: false,
  ended: undefined,
};

/** Who is signed in, and where. The token itself never comes here. */
export const useSession = create<SessionState>(() => nobody);

function told(facts: SessionFacts): SessionState {
  return {
    status: 'user',
    user: facts.user,
    organization: facts.organization ?? undefined,
    organizations: facts.organizations,
    mfaSetupRequired: facts.mfaSetupRequired,
    secondFactor: facts.secondFactor,
    ended: undefined,
  };
}

/** Keeps for as long as there is a session that there is one, so that somebody who never signed in is not asked. */
const hint = (seconds: number) => writeCookie(SESSION_HINT, '1', seconds);

tokens.listen((event: TokenEvent) => {
  hint(event.kind === 'granted' ? event.facts.refreshExpiresIn : 0);
  if (event.kind === 'granted') useSession.setState(told(event.facts));
  else useSession.setState({ ...nobody, status: 'guest', ended: event.reason });
});

let resuming: Promise<void> | undefined;

/** At the start of a tab: is there a session? In the organization of the address, if it names one. */
export function resume(slug: string | undefined): Promise<void> {
  resuming ??= start(slug).finally(() => {
    resuming = undefined;
  });
  return resuming;
}

async function start(slug: string | undefined): Promise<void> {
  if (!isSessionHinted()) {
    useSession.setState({ ...nobody, status: 'guest' });
    return;
  }
  tokens.enter(slug);
  try {
    // The head start may have brought it already.
    if (useSession.getState().status !== 'user') await tokens.refresh();
  } catch (error) {
    const cause = error instanceof RefreshFailed ? error.cause_ : 'unreachable';
    if (cause === 'expired') {
      hint(0);
      useSession.setState({ ...nobody, status: 'guest' });
    }
    if (cause === 'unreachable') useSession.setState({ ...nobody, status: 'unreachable' });
    // Signed in, but no member of that organization: the page says so.
    if (cause === 'refused') await elsewhere(slug);
  }
}

async function elsewhere(slug: string | undefined): Promise<void> {
  if (slug === undefined) {
    useSession.setState({ ...nobody, status: 'guest' });
    return;
  }
  await start(undefined);
}

/** Takes this tab to another organization. False if one is no member of it. */
export async function enterOrganization(slug: string): Promise<boolean> {
  if (tokens.organization?.slug === slug) {
    tokens.enter(slug);
    return true;
  }
  const before = tokens.organization?.slug;
  tokens.enter(slug);
  try {
    await tokens.refresh();
    return tokens.organization !== undefined;
  } catch (error) {
    tokens.enter(before);
    if (error instanceof RefreshFailed && error.cause_ === 'refused') return false;
    throw error;
  }
}
