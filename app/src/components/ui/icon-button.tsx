import { cva, type VariantProps } from 'class-variance-authority';
import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { Tooltip } from './tooltip';

const iconButton = cva(
  'inline-flex shrink-0 items-center justify-center rounded-control transition-colors duration-120 disabled:opacity-50 [&_svg]:size-4',
  {
    variants: {
      variant: {
        ghost:
          'text-muted not-disabled:hover:bg-hover not-disabled:hover:text-text data-[state=open]:bg-hover data-[state=open]:text-text aria-pressed:bg-accent-soft aria-pressed:text-accent-text',
        secondary: 'border border-edge/50 bg-surface text-text not-disabled:hover:bg-hover',
        danger: 'text-danger not-disabled:hover:bg-danger-soft',
      },
      size: { sm: 'size-6', md: 'size-control', lg: 'size-10' },
    },
    defaultVariants: { variant: 'ghost', size: 'md' },
  },
);

export interface IconButtonProps
  extends Omit<ComponentProps<'button'>, 'children'>,
    VariantProps<typeof iconButton> {
  /** Read out, and shown in the tooltip. */
  label: string;
  icon: ReactNode;
  kbd?: string;
  tooltip?: boolean;
}

export function IconButton({
  label,
  icon,
  kbd,
  tooltip = true,
  variant,
  size,
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  const button = (
    <button
      type={type}
      aria-label={label}
      className={clsx(iconButton({ variant, size }), className)}
      {...rest}
    >
      {icon}
    </button>
  );
  if (!tooltip) return button;
  return (
    <Tooltip text={label} kbd={kbd}>
      {button}
    </Tooltip>
  );
}
