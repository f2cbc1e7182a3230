import { useRef } from 'react';

/** What had the focus; for an item of a menu, the button that opened the menu, because the item will be gone. */
function opener(): HTMLElement | null {
  const active = document.activeElement;
  const labelledBy = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const found = labelledBy ? document.getElementById(labelledBy) : active;
  return found instanceof HTMLElement && found !== document.body ? found : null;
}

/** Gives the focus back to where a dialog was opened from, for dialogs without a trigger of their own. */
export function useReturnFocus(onOpenAutoFocus?: ((event: Event) => void) | undefined) {
  const from = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: (event: Event) => {
      from.current = opener();
      onOpenAutoFocus?.(event);
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (from.current?.isConnected) from.current.focus();
    },
  };
}
