import { readCookie, writeCookie } from './cookie';
import { uuid } from './uuid';

/**
 * The refresh that is under way in this browser. The server trades a refresh token once; whoever shows it again has to
 * name the same attempt, else he is taken for a thief and everybody is signed out. So the name of an attempt must not
 * be lost with the page that began it: it stands in a cookie until an answer came, and the next page, or a neighbour
 * that takes over, repeats the attempt. Repeating one that was answered after all does no harm.
 */
export interface Attempts {
  /** The one under way, or a new one; either is remembered from now on. */
  current: () => string;
  /** An answer came. */
  answered: (attempt: string) => void;
}

const NAME = 'mj_attempt';
/** Longer than a request is waited for and the server answers again: afterwards the name is of no use. */
const KEPT_SECONDS = 60;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function kept(): string | undefined {
  const attempt = readCookie(NAME);
  return attempt !== undefined && UUID.test(attempt) ? attempt : undefined;
}

export const attempts: Attempts = {
  current: () => {
    const attempt = kept() ?? uuid();
    writeCookie(NAME, attempt, KEPT_SECONDS);
    return attempt;
  },
  answered: (attempt) => {
    if (kept() === attempt) writeCookie(NAME, '', 0);
  },
};
