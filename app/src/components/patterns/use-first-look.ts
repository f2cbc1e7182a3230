import { startTransition, useEffect, useState } from 'react';

/** Of a long list, what fits on a screen is drawn first, so that it is seen at once; the rest follows. */
export function useFirstLook<T>(items: readonly T[], most: number): readonly T[] {
  const [all, setAll] = useState(items.length <= most);
  useEffect(() => {
    if (!all) startTransition(() => setAll(true));
  }, [all]);
  return all ? items : items.slice(0, most);
}
