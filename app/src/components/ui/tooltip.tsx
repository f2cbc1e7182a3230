import { Slot } from 'radix-ui';
import { type PointerEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { tipParts } from './floating';
import type { TipContentProps } from './tip-parts';

export interface TooltipProps {
  text: ReactNode;
  kbd?: string | undefined;
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** One element that takes focus. The tooltip repeats or adds to its label, it never replaces it. */
  children: ReactNode;
}

/** How long the pointer has to rest; a second tooltip right after the first opens at once. */
const DELAY = 400;
const SKIP = 200;
/** Time to get from the button into the text, which stays open under the pointer. */
const GRACE = 120;

/** At most one is open. */
let close: (() => void) | null = null;
let closedAt = 0;

export function Tooltip({ text, kbd, side = 'bottom', children }: TooltipProps) {
  const id = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  const { open, trigger, content } = useTip();
  return (
    <>
      <Slot.Root ref={anchor} {...trigger} aria-describedby={open ? id : undefined}>
        {children}
      </Slot.Root>
      {open && <OpenTip {...content} id={id} anchor={anchor} text={text} kbd={kbd} side={side} />}
    </>
  );
}

/** When it is open: pointer, focus, and what ends it. */
function useTip() {
  const [open, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pressed = useRef(false);
  const waiting = useRef(false);
  const [act] = useState(() => {
    const stop = () => {
      clearTimeout(timer.current);
      waiting.current = false;
    };
    const hide = () => {
      stop();
      if (close !== hide) return;
      close = null;
      closedAt = Date.now();
      setOpen(false);
    };
    const show = () => {
      stop();
      if (close !== hide) close?.();
      close = hide;
      setOpen(true);
    };
    return { stop, hide, show };
  });
  useEffect(() => act.hide, [act]);
  const leave = () => {
    act.stop();
    timer.current = setTimeout(act.hide, GRACE);
  };
  const trigger = {
    onPointerMove: ({ pointerType }: PointerEvent) => {
      if (pointerType === 'touch' || pressed.current || waiting.current) return;
      act.stop();
      void tipParts.fetch().catch(() => undefined);
      if (close === act.hide) return;
      waiting.current = true;
      const wait = close || Date.now() - closedAt < SKIP ? 0 : DELAY;
      timer.current = setTimeout(act.show, wait);
    },
    onPointerLeave: () => {
      pressed.current = false;
      leave();
    },
    onPointerDown: () => {
      pressed.current = true;
      act.hide();
    },
    onClick: act.hide,
    onFocus: () => {
      if (!pressed.current) act.show();
    },
    onBlur: act.hide,
  };
  return { open, trigger, content: { onClose: act.hide, onPointerEnter: act.stop, onPointerLeave: leave } };
}

function OpenTip(props: TipContentProps) {
  const parts = tipParts.use(true);
  return parts && <parts.TipContent {...props} />;
}
