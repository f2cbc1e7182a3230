import { clsx } from 'clsx';
import { Check, ChevronRight } from 'lucide-react';
import { DropdownMenu as M } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { dangerItemLook, floatLook, itemLook } from './menu-look';

export interface MenuProps {
  /** A button; it gets the keyboard path and the expanded state. */
  trigger: ReactNode;
  align?: ComponentProps<typeof M.Content>['align'];
  side?: ComponentProps<typeof M.Content>['side'];
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}

export function Menu({ trigger, align = 'start', side = 'bottom', children, ...root }: MenuProps) {
  return (
    <M.Root modal={false} {...root}>
      <M.Trigger asChild>{trigger}</M.Trigger>
      <M.Portal>
        <M.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={clsx(
            floatLook,
            'max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-80 overflow-y-auto p-1',
          )}
        >
          {children}
        </M.Content>
      </M.Portal>
    </M.Root>
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

interface MenuRowProps {
  icon?: ReactNode;
  kbd?: string | undefined;
  hint?: ReactNode;
  children: ReactNode;
}

export function MenuRow({ icon, kbd, hint, children }: MenuRowProps) {
  return (
    <>
      {icon && <span className="opacity-70">{icon}</span>}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{children}</span>
        {hint && <span className="block text-meta text-muted">{hint}</span>}
      </span>
      {kbd && <span className="pl-4 text-meta text-muted">{kbd}</span>}
    </>
  );
}

export interface MenuCheckItemProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean;
  children: ReactNode;
}

/** Stays open, so several can be switched in one go. */
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

export interface MenuRadioProps<V extends string> {
  value: V;
  onValueChange: (value: V) => void;
  options: readonly { value: V; label: string; icon?: ReactNode; kbd?: string }[];
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

export function MenuSub(props: { label: ReactNode; icon?: ReactNode; children: ReactNode }) {
  return (
    <M.Sub>
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

export function MenuLabel({ children }: { children: ReactNode }) {
  return <M.Label className="px-2 pt-1.5 pb-1 text-meta text-muted">{children}</M.Label>;
}

export function MenuSeparator() {
  return <M.Separator className="-mx-1 my-1 h-px bg-line" />;
}
