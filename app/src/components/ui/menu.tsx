import { Slot } from 'radix-ui';
import { type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject, useState } from 'react';
import { menuParts } from './floating';
import { useTrigger } from './use-trigger';

type Align = 'start' | 'center' | 'end';
type Side = 'top' | 'right' | 'bottom' | 'left';

export interface MenuProps {
  /** A button; it gets the keyboard path and the expanded state. */
  trigger: ReactNode;
  align?: Align;
  side?: Side;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}

export interface MenuContentProps {
  id: string;
  trigger: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** No pointer opened it, but a key, of the trigger or of the page: the first item gets the focus. */
  keyboard: boolean;
  align: Align;
  side: Side;
  children: ReactNode;
}

export function Menu({ trigger, align = 'start', side = 'bottom', children, ...state }: MenuProps) {
  const {
    id,
    contentId,
    ref,
    open,
    opened,
    setOpen,
    trigger: props,
  } = useTrigger('menu', {
    ...state,
    fetch: menuParts.fetch,
  });
  const [byPointer, setByPointer] = useState(false);
  const parts = menuParts.use(opened);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || event.ctrlKey) return;
    setByPointer(!open);
    setOpen(!open);
    // Else the button would take the focus that the menu is about to have.
    if (!open) event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!['Enter', ' ', 'ArrowDown'].includes(event.key)) return;
    setOpen(event.key === 'ArrowDown' || !open);
    // Else the key would click what opens.
    event.preventDefault();
  };
  return (
    <>
      <Slot.Root {...props} id={id} onPointerDown={onPointerDown} onKeyDown={onKeyDown}>
        {trigger}
      </Slot.Root>
      {opened && parts && (
        <parts.MenuContent
          id={contentId}
          trigger={ref}
          open={open}
          onOpenChange={(next) => {
            if (!next) setByPointer(false);
            setOpen(next);
          }}
          keyboard={!byPointer}
          align={align}
          side={side}
        >
          {children}
        </parts.MenuContent>
      )}
    </>
  );
}

export interface MenuItemProps {
  icon?: ReactNode;
  kbd?: string;
  tone?: 'normal' | 'danger';
  disabled?: boolean;
  /** A second line: why it is disabled, what it does. */
  hint?: ReactNode;
  onSelect?: (event: Event) => void;
  asChild?: boolean;
  children: ReactNode;
}

// What is inside of a menu is rendered by an open menu alone, which has fetched it.
export function MenuItem(props: MenuItemProps) {
  const parts = menuParts.now();
  return parts && <parts.MenuItem {...props} />;
}

export interface MenuCheckItemProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean;
  children: ReactNode;
}

/** Stays open, so several can be switched in one go. */
export function MenuCheckItem(props: MenuCheckItemProps) {
  const parts = menuParts.now();
  return parts && <parts.MenuCheckItem {...props} />;
}

export interface MenuRadioProps<V extends string> {
  value: V;
  onValueChange: (value: V) => void;
  options: readonly { value: V; label: string; icon?: ReactNode; kbd?: string }[];
}

export function MenuRadio<V extends string>(props: MenuRadioProps<V>) {
  const parts = menuParts.now();
  return parts && <parts.MenuRadio {...props} />;
}

export interface MenuSubProps {
  label: ReactNode;
  icon?: ReactNode;
  children: ReactNode;
}

export function MenuSub(props: MenuSubProps) {
  const parts = menuParts.now();
  return parts && <parts.MenuSub {...props} />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  const parts = menuParts.now();
  return (
    parts && <parts.MenuLabel className="px-2 pt-1.5 pb-1 text-meta text-muted">{children}</parts.MenuLabel>
  );
}

export function MenuSeparator() {
  const parts = menuParts.now();
  return parts && <parts.MenuSeparator className="-mx-1 my-1 h-px bg-line" />;
}
