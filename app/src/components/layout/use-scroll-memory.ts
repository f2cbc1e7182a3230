import { useRouter } from '@tanstack/react-router';
import { type RefObject, useEffect } from 'react';

const KEPT = 50;

/** Back brings the page back where it was left. Kept in memory: it is worth nothing after a reload. */
export function useScrollMemory(main: RefObject<HTMLElement | null>): void {
  const router = useRouter();
  useEffect(() => {
    const places = new Map<string, number>();
    const keyOf = (location: { state: { __TSR_key?: string | undefined } }) => location.state.__TSR_key ?? '';
    const leave = router.subscribe('onBeforeLoad', ({ fromLocation }) => {
      if (!fromLocation || !main.current) return;
      places.set(keyOf(fromLocation), main.current.scrollTop);
      const oldest = places.keys().next().value;
      if (places.size > KEPT && oldest !== undefined) places.delete(oldest);
    });
    const arrive = router.subscribe('onRendered', ({ toLocation, pathChanged }) => {
      const place = places.get(keyOf(toLocation));
      if (main.current && (pathChanged || place !== undefined)) main.current.scrollTop = place ?? 0;
    });
    return () => {
      leave();
      arrive();
    };
  }, [router, main]);
}
