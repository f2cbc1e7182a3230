import { tokens } from '@/lib/token';
import type { UploadQueue } from '@/lib/upload-queue';

/**
 * What is being uploaded in this tab, by what it will belong to: it goes on while one looks at another page, and what failed
 * waits where it was begun.
 */
const queues = new Map<string, UploadQueue>();
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

export const uploads = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  find: (owner: string): UploadQueue | undefined => queues.get(owner),
  of: (owner: string, make: () => UploadQueue): UploadQueue => {
    const queue = queues.get(owner) ?? make();
    queues.set(owner, queue);
    return queue;
  },
  /** It belongs to something else now. What comes next under the old name begins anew. */
  handOver: (from: string, to: string): void => {
    const queue = queues.get(from);
    if (!queue) return;
    queues.delete(from);
    queues.set(to, queue);
    tell();
  },
};

// What somebody began ends with his session.
tokens.listen(({ kind }) => {
  if (kind === 'granted') return;
  for (const queue of queues.values()) queue.cancelAll();
  queues.clear();
  tell();
});

globalThis.addEventListener?.('beforeunload', (event) => {
  if ([...queues.values()].some((queue) => queue.isBusy)) event.preventDefault();
});
