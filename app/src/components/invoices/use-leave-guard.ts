import { useBlocker } from '@tanstack/react-router';
import { useT } from '@/i18n/i18n';

/** Whoever goes away from what is not saved is asked first, by the app or, where the tab is closed, by the browser. */
export function useLeaveGuard(unsaved: boolean): void {
  const t = useT();
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      unsaved && current.pathname !== next.pathname && !window.confirm(t('invoices.leaveUnsaved')),
    enableBeforeUnload: () => unsaved,
    disabled: !unsaved,
  });
}
