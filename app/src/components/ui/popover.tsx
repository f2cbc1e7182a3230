import { clsx } from 'clsx';
import { Popover as P } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { floatLook } from './menu-look';

export interface PopoverProps {
  trigger: ReactNode;
  /** Names the dialog for screen readers. */
  label: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: ComponentProps<typeof P.Content>['align'];
  side?: ComponentProps<typeof P.Content>['side'];
  onOpenAutoFocus?: (event: Event) => void;
  className?: string;
  children: ReactNode;
}

export function Popover(props: PopoverProps) {
  const {
    trigger,
    label,
    align = 'start',
    side = 'bottom',
    onOpenAutoFocus,
    className,
    children,
    ...root
  } = props;
  return (
    <P.Root {...root}>
      <P.Trigger asChild>{trigger}</P.Trigger>
      <P.Portal>
        <P.Content
          aria-label={label}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          onOpenAutoFocus={onOpenAutoFocus}
          className={clsx(floatLook, 'max-w-[calc(100vw-16px)]', className ?? 'w-72 p-3')}
        >
          {children}
        </P.Content>
      </P.Portal>
    </P.Root>
  );
}
