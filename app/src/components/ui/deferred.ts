import { useEffect, useSyncExternalStore } from 'react';

/**
 * A part of the page that is fetched when it is first wanted, or ahead of that when the browser has nothing to do. Unlike
 * `lazy` it is there in the same render once it was fetched, and a fetch that failed is tried again.
 */
export function deferred<P>(load: () => Promise<P>) {
  let parts: P | undefined;
  let pending: Promise<void> | undefined;
  const listeners = new Set<() => void>();

  async function run(): Promise<void> {
    try {
      // Undefined after a deploy took the file away; whoever reacts to that has said so.
      parts = await load();
    } finally {
      pending = undefined;
    }
    for (const listener of listeners) listener();
  }
  const fetch = (): Promise<void> => {
    if (parts) return Promise.resolve();
    pending ??= run();
    return pending;
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const now = () => parts;
  /** The part, if it is there; asks for it when it is wanted. */
  const use = (wanted: boolean): P | undefined => {
    const found = useSyncExternalStore(subscribe, now);
    useEffect(() => {
      if (wanted) fetch().catch(() => undefined);
    }, [wanted]);
    return found;
  };
  return { fetch, now, use };
}
