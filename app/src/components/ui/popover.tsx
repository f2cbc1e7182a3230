import { Slot } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';
import { popoverParts } from './floating';
import { useTrigger } from './use-trigger';

interface PopoverLook {
  /** Names the dialog for screen readers. */
  label: string;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  onOpenAutoFocus?: (event: Event) => void;
  /** It is gone. Prevented, the focus does not go back to the trigger. */
  onCloseAutoFocus?: (event: Event) => void;
  className?: string;
  children: ReactNode;
}

export interface PopoverProps extends PopoverLook {
  trigger: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

export interface PopoverContentProps extends PopoverLook {
  id: string;
  trigger: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function Popover({ trigger, open: given, onOpenChange, children, ...look }: PopoverProps) {
  const {
    contentId,
    ref,
    open,
    opened,
    setOpen,
    trigger: props,
  } = useTrigger('dialog', {
    open: given,
    onOpenChange,
    fetch: popoverParts.fetch,
  });
  const parts = popoverParts.use(opened);
  return (
    <>
      <Slot.Root {...props} onClick={() => setOpen(!open)}>
        {trigger}
      </Slot.Root>
      {opened && parts && (
        <parts.PopoverContent
          align="start"
          side="bottom"
          {...look}
          id={contentId}
          trigger={ref}
          open={open}
          onOpenChange={setOpen}
        >
          {children}
        </parts.PopoverContent>
      )}
    </>
  );
}
