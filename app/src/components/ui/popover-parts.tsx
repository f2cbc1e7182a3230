import { clsx } from 'clsx';
import { Popover as P } from 'radix-ui';
import { useRef } from 'react';
import { floatLook } from './menu-look';
import type { PopoverContentProps } from './popover';

/** What a popover shows; its trigger is on the page already. */
export function PopoverContent(props: PopoverContentProps) {
  const { id, trigger, open, onOpenChange, label, align, side, onOpenAutoFocus, className, children } = props;
  const left = useRef(false);
  return (
    <P.Root open={open} onOpenChange={onOpenChange}>
      <P.Anchor virtualRef={trigger} />
      <P.Portal>
        <P.Content
          id={id}
          aria-label={label}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          onOpenAutoFocus={onOpenAutoFocus}
          onInteractOutside={(event) => {
            const onTrigger = event.target instanceof Node && trigger.current?.contains(event.target);
            // The click on the trigger closes it; closing it before that would make the click open it again.
            if (onTrigger) event.preventDefault();
            else left.current = true;
          }}
          onCloseAutoFocus={(event) => {
            props.onCloseAutoFocus?.(event);
            // Whoever clicked elsewhere wants to be there.
            if (!left.current && !event.defaultPrevented) trigger.current?.focus();
            left.current = false;
            event.preventDefault();
          }}
          className={clsx(floatLook, 'max-w-[calc(100vw-16px)]', className ?? 'w-72 p-3')}
        >
          {children}
        </P.Content>
      </P.Portal>
    </P.Root>
  );
}
