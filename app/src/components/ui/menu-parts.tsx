import { clsx } from 'clsx';
import { Check, ChevronRight } from 'lucide-react';
import { Menu as M } from 'radix-ui/internal';
import { useEffect, useRef, useState } from 'react';
import type {
  MenuCheckItemProps,
  MenuContentProps,
  MenuItemProps,
  MenuRadioProps,
  MenuSubProps,
} from './menu';
import { dangerItemLook, floatLook, itemLook } from './menu-look';
import { MenuRow } from './menu-row';

/** What a menu shows; its trigger is on the page already. */
export function MenuContent(props: MenuContentProps) {
  const { id, trigger, open, onOpenChange, keyboard, align, side, children } = props;
  return (
    <M.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <M.Anchor virtualRef={trigger} />
      <M.Portal>
        <Content id={id} trigger={trigger} keyboard={keyboard} align={align} side={side}>
          {children}
        </Content>
      </M.Portal>
    </M.Root>
  );
}

type ContentProps = Omit<MenuContentProps, 'open' | 'onOpenChange'>;

function Content({ id, trigger, keyboard, align, side, children }: ContentProps) {
  const left = useRef(false);
  return (
    <M.Content
      id={id}
      aria-labelledby={trigger.current?.id}
      align={align}
      side={side}
      sideOffset={4}
      collisionPadding={8}
      onInteractOutside={() => {
        left.current = true;
      }}
      onCloseAutoFocus={(event) => {
        // Whoever clicked elsewhere wants to be there.
        if (!left.current) trigger.current?.focus();
        left.current = false;
        event.preventDefault();
      }}
      className={clsx(
        floatLook,
        'max-h-(--radix-popper-available-height) min-w-44 max-w-80 overflow-y-auto p-1',
      )}
    >
      {keyboard && <FocusFirst id={id} />}
      {children}
    </M.Content>
  );
}

/** The key that opened the menu was pressed before the menu could listen. */
function FocusFirst({ id }: { id: string }) {
  useEffect(() => {
    // After the menu has taken the focus for itself.
    queueMicrotask(() => {
      const menu = document.getElementById(id);
      menu?.querySelector<HTMLElement>('[role^="menuitem"]:not([data-disabled])')?.focus();
    });
  }, [id]);
  return null;
}

export function MenuItem(props: MenuItemProps) {
  const { icon, kbd, tone = 'normal', disabled = false, hint, onSelect, asChild = false, children } = props;
  const look = clsx(itemLook, tone === 'danger' && dangerItemLook);
  if (asChild) {
    return (
      <M.Item asChild disabled={disabled} onSelect={onSelect} className={look}>
        {children}
      </M.Item>
    );
  }
  return (
    <M.Item disabled={disabled} onSelect={onSelect} className={look}>
      <MenuRow icon={icon} kbd={kbd} hint={hint}>
        {children}
      </MenuRow>
    </M.Item>
  );
}

export function MenuCheckItem({ checked, onCheckedChange, disabled = false, children }: MenuCheckItemProps) {
  return (
    <M.CheckboxItem
      checked={checked}
      onCheckedChange={onCheckedChange}
      disabled={disabled}
      onSelect={(event) => event.preventDefault()}
      className={clsx(itemLook, 'pl-8')}
    >
      <M.ItemIndicator className="absolute left-2">
        <Check aria-hidden="true" className="size-4 text-accent-text" />
      </M.ItemIndicator>
      {children}
    </M.CheckboxItem>
  );
}

export function MenuRadio<V extends string>({ value, onValueChange, options }: MenuRadioProps<V>) {
  const pick = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    if (option) onValueChange(option.value);
  };
  return (
    <M.RadioGroup value={value} onValueChange={pick}>
      {options.map((option) => (
        <M.RadioItem key={option.value} value={option.value} className={clsx(itemLook, 'pl-8')}>
          <M.ItemIndicator className="absolute left-2">
            <Check aria-hidden="true" className="size-4 text-accent-text" />
          </M.ItemIndicator>
          <MenuRow icon={option.icon} kbd={option.kbd}>
            {option.label}
          </MenuRow>
        </M.RadioItem>
      ))}
    </M.RadioGroup>
  );
}

export function MenuSub(props: MenuSubProps) {
  const [open, setOpen] = useState(false);
  return (
    <M.Sub open={open} onOpenChange={setOpen}>
      <M.SubTrigger className={clsx(itemLook, 'data-[state=open]:bg-hover')}>
        <MenuRow icon={props.icon}>{props.label}</MenuRow>
        <ChevronRight aria-hidden="true" className="text-muted" />
      </M.SubTrigger>
      <M.Portal>
        <M.SubContent
          sideOffset={4}
          collisionPadding={8}
          className={clsx(floatLook, 'max-h-80 min-w-40 max-w-80 overflow-y-auto p-1')}
        >
          {props.children}
        </M.SubContent>
      </M.Portal>
    </M.Sub>
  );
}

export const MenuLabel = M.Label;
export const MenuSeparator = M.Separator;
