export type ToastTone = 'normal' | 'success' | 'danger';

export interface ToastInput {
  title: string;
  description?: string;
  tone?: ToastTone;
  action?: { label: string; onAct: () => void };
  /** Offered as a button and as Ctrl+Z for as long as the toast stands. */
  onUndo?: () => void;
  /** Milliseconds; 8 seconds with an undo, else 5. */
  duration?: number;
}

export interface ToastEntry extends ToastInput {
  id: number;
}

const KEPT = 4;

let entries: readonly ToastEntry[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function publish(next: readonly ToastEntry[]): void {
  entries = next;
  for (const listener of listeners) listener();
}

/** Shows a toast and answers its id. Texts are finished texts, in the user's language. */
export function toast(input: ToastInput): number {
  lastId += 1;
  publish([...entries, { ...input, id: lastId }].slice(-KEPT));
  return lastId;
}

export function dismissToast(id: number): void {
  if (entries.some((entry) => entry.id === id)) publish(entries.filter((entry) => entry.id !== id));
}

export function clearToasts(): void {
  publish([]);
}

/** Undoes the newest act that can still be undone. */
export function undoLast(): boolean {
  const entry = entries.findLast((candidate) => candidate.onUndo);
  if (!entry) return false;
  dismissToast(entry.id);
  entry.onUndo?.();
  return true;
}

export const toastStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (): readonly ToastEntry[] => entries,
};
