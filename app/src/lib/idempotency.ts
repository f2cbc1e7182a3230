import { uuid } from './uuid';

/**
 * The idempotency keys of one kind of write. The same input keeps its key until the outcome is known, so that a retry,
 * a double click and a second press after a lost answer are one write and not two.
 */
export interface WriteKeys {
  of: (input: unknown) => string;
  /** The outcome of an input is known: the next time it is a new write. */
  settled: (input: unknown) => void;
}

export function writeKeys(make: () => string = uuid): WriteKeys {
  const open = new Map<string, string>();
  const print = (input: unknown) => JSON.stringify(input) ?? '';
  return {
    of: (input) => {
      const print_ = print(input);
      const key = open.get(print_) ?? make();
      open.set(print_, key);
      return key;
    },
    settled: (input) => {
      open.delete(print(input));
    },
  };
}
