import { clsx } from 'clsx';
import { ContextMenu as C } from 'radix-ui';
import type { ReactNode } from 'react';
import { dangerItemLook, floatLook, itemLook } from './menu-look';
import { MenuRow } from './menu-row';

/** Right click, long press or the menu key. Everything in it is also reachable by a visible menu. */
export function ContextMenu(props: { trigger: ReactNode; children: ReactNode }) {
  return (
    <C.Root modal={false}>
      <C.Trigger asChild>{props.trigger}</C.Trigger>
      <C.Portal>
        <C.Content collisionPadding={8} className={clsx(floatLook, 'min-w-44 p-1')}>
          {props.children}
        </C.Content>
      </C.Portal>
    </C.Root>
  );
}

export interface ContextMenuItemProps {
  icon?: ReactNode;
  kbd?: string;
  tone?: 'normal' | 'danger';
  disabled?: boolean;
  onSelect?: (event: Event) => void;
  children: ReactNode;
}

export function ContextMenuItem(props: ContextMenuItemProps) {
  const { icon, kbd, tone = 'normal', disabled = false, onSelect, children } = props;
  return (
    <C.Item
      disabled={disabled}
      onSelect={onSelect}
      className={clsx(itemLook, tone === 'danger' && dangerItemLook)}
    >
      <MenuRow icon={icon} kbd={kbd}>
        {children}
      </MenuRow>
    </C.Item>
  );
}

export function ContextMenuSeparator() {
  return <C.Separator className="-mx-1 my-1 h-px bg-line" />;
}
