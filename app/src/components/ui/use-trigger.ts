import { useId, useRef, useState } from 'react';

export interface TriggerOptions {
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  /** Starts the fetch of what will open. */
  fetch: () => Promise<void>;
}

/** What every button that opens something has: its state, its name for what it opens, and a fetch ahead of the click. */
export function useTrigger(kind: 'menu' | 'dialog', { open: given, onOpenChange, fetch }: TriggerOptions) {
  const [own, setOwn] = useState(false);
  const id = useId();
  const ref = useRef<HTMLButtonElement>(null);
  const open = given ?? own;
  // Kept after the first opening, so that what closes can give the focus back.
  const [opened, setOpened] = useState(open);
  if (open && !opened) setOpened(true);
  const setOpen = (next: boolean) => {
    if (given === undefined) setOwn(next);
    onOpenChange?.(next);
  };
  const ahead = () => void fetch().catch(() => undefined);
  const trigger = {
    ref,
    'aria-haspopup': kind,
    'aria-expanded': open,
    'aria-controls': open ? `${id}content` : undefined,
    'data-state': open ? 'open' : 'closed',
    onPointerEnter: ahead,
    onFocus: ahead,
  } as const;
  return { id, contentId: `${id}content`, ref, open, opened, setOpen, trigger };
}
