import { cva, type VariantProps } from 'class-variance-authority';
import { clsx } from 'clsx';
import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';

const button = cva(
  'relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-control font-medium transition-colors duration-120 disabled:opacity-50 aria-disabled:opacity-50 aria-busy:opacity-80 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary:
          'bg-accent text-on-fill not-disabled:hover:bg-accent-hover data-[state=open]:bg-accent-hover',
        secondary:
          'border border-edge/50 bg-surface text-text not-disabled:hover:bg-hover data-[state=open]:bg-hover',
        ghost:
          'text-muted not-disabled:hover:bg-hover not-disabled:hover:text-text data-[state=open]:bg-hover data-[state=open]:text-text',
        danger: 'bg-danger-fill text-on-fill not-disabled:hover:bg-danger-hover',
        'danger-quiet':
          'border border-edge/50 bg-surface text-danger not-disabled:hover:border-danger/50 not-disabled:hover:bg-danger-soft',
      },
      size: {
        sm: 'h-control-sm px-2 text-dense',
        md: 'h-control px-3 text-dense',
        lg: 'h-10 px-4 text-body',
      },
      block: { true: 'w-full', false: '' },
    },
    defaultVariants: { variant: 'secondary', size: 'md', block: false },
  },
);

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof button> {
  /** Renders the single child (a link) with the looks of a button. */
  asChild?: boolean;
  icon?: ReactNode;
  /** A shortcut shown at the end. */
  kbd?: ReactNode;
  /** The act is under way: the button keeps its size and its focus and ignores clicks. */
  busy?: boolean;
}

export function Button({
  asChild = false,
  variant,
  size,
  block,
  icon,
  kbd,
  busy = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const look = clsx(button({ variant, size, block }), className);
  if (asChild) {
    return (
      <Slot.Root className={look} onClick={onClick} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type={type}
      className={look}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {icon}
      {children}
      {kbd}
      {busy && (
        <span className="absolute inset-x-2 bottom-0.5 h-0.5 overflow-hidden rounded-full" aria-hidden="true">
          <span className="block h-full w-1/3 animate-slide rounded-full bg-current" />
        </span>
      )}
    </button>
  );
}
