import { clsx } from 'clsx';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';

export const linkLook = 'rounded-chip font-medium text-accent-text underline-offset-2 hover:underline';

export interface LinkProps extends ComponentProps<'a'> {
  /** Renders the single child, such as the router's link, with the looks of one. */
  asChild?: boolean;
  /** Opens beside the app, without a handle on it. */
  external?: boolean;
}

export function Link({ asChild = false, external = false, className, ...rest }: LinkProps) {
  const Tag = asChild ? Slot.Root : 'a';
  const outside = external ? { target: '_blank', rel: 'noopener noreferrer' } : {};
  return <Tag className={clsx(linkLook, className)} {...outside} {...rest} />;
}
