import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';

/** Something one can do on the page one is on. */
export interface PaletteCommand {
  id: string;
  /** The finished text. */
  label: string;
  icon?: ReactNode;
  keys?: string;
  run: () => void;
}

let groups: readonly (readonly PaletteCommand[])[] = [];
let flat: readonly PaletteCommand[] = [];
const listeners = new Set<() => void>();

function publish(next: typeof groups): void {
  groups = next;
  flat = next.flat();
  for (const listener of listeners) listener();
}

/** Offers a page's commands in the palette, for as long as the page is there. */
export function usePalette(commands: readonly PaletteCommand[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const print = commands.map(({ id, label }) => `${id}\u0000${label}`).join('\u0001');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids and labels say when the list is another one
  useEffect(() => {
    const mine = latest.current.map((command, index) => ({
      ...command,
      run: () => latest.current[index]?.run(),
    }));
    publish([...groups, mine]);
    return () => publish(groups.filter((group) => group !== mine));
  }, [print]);
}

export function usePaletteCommands(): readonly PaletteCommand[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => flat,
  );
}
