import { useEffect, useRef } from 'react';
import { type Hotkey, hotkeys } from './hotkeys';

/** The shortcuts of a component, for as long as it is on the screen. A new list each time costs nothing. */
export function useHotkeys(bindings: readonly Hotkey[], enabled = true): void {
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  const print = bindings
    .map(({ keys, label, group }) => `${keys}\u0000${label}\u0000${group}`)
    .join('\u0001');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the texts and keys say when to register anew
  useEffect(() => {
    if (!enabled) return;
    const removals = latest.current.map((binding, index) =>
      hotkeys.add({ ...binding, run: (event) => latest.current[index]?.run(event) }),
    );
    return () => {
      for (const remove of removals) remove();
    };
  }, [print, enabled]);
}
