import { useSyncExternalStore } from 'react';

/** Whether a media query holds now; false where there is no window to ask. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}

/** Phones: tables become cards there. */
export const useNarrow = () => useMedia('(max-width: 639px)');
