import { useEffect, useRef, useState } from 'react';

const SETTLE_MS = 200;

/** The text of a search box: shown at once, handed on when one stops typing. A change from outside wins. */
export function useSearchText(value: string, onSettled: (text: string) => void) {
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onValueChange = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setTyped(null);
      onSettled(text);
    }, SETTLE_MS);
  };
  return { value: typed ?? value, onValueChange };
}
