import { deferred } from './deferred';

// What floats above a page is not part of its first paint: position, focus traps and scroll locks are a third of the shell.
export const menuParts = deferred(() => import('./menu-parts'));
export const popoverParts = deferred(() => import('./popover-parts'));
export const overlayParts = deferred(() => import('./overlay-parts'));
export const selectParts = deferred(() => import('./select-control'));
export const tipParts = deferred(() => import('./tip-parts'));

const all = [tipParts, menuParts, popoverParts, overlayParts, selectParts];

/** Fetches all of it, so that the first menu opens as quickly as the second. */
export async function fetchFloating(): Promise<void> {
  await Promise.all(all.map((parts) => parts.fetch()));
}

/** The same, when the browser has nothing better to do. */
export function fetchFloatingWhenIdle(): () => void {
  const run = () => void fetchFloating().catch(() => undefined);
  if ('requestIdleCallback' in window) {
    const handle = window.requestIdleCallback(run, { timeout: 4000 });
    return () => window.cancelIdleCallback(handle);
  }
  // Safari has no such callback.
  const timer = setTimeout(run, 1500);
  return () => clearTimeout(timer);
}
