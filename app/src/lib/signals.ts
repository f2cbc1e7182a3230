/**
 * What the transport asks of the screen. Services know no component; the app registers here what it does about each.
 */
export interface Reactions {
  /** Asks for a fresh proof of who is there. True if it was given: then the request is sent again. */
  stepUp: () => Promise<boolean>;
  /** The second factor has to be set up before anything else. */
  mfaSetup: () => void;
  /** A right is gone that the screen thought to have. */
  scopeMissing: () => void;
}

const calm: Reactions = { stepUp: async () => false, mfaSetup: () => {}, scopeMissing: () => {} };
let current: Reactions = calm;

export function react(reactions: Partial<Reactions>): () => void {
  current = { ...current, ...reactions };
  return () => {
    current = calm;
  };
}

export const reactions = (): Reactions => current;
