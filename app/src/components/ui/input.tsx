import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { useFieldControl } from './field';

/** The look shared by everything one types into or picks from. */
export const controlLook =
  'w-full rounded-chip border border-edge bg-surface text-body text-text transition-colors duration-120 hover:border-muted focus-visible:border-accent-text disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted [&:is(input,textarea)]:read-only:bg-sunken aria-invalid:border-danger';

export interface InputProps extends ComponentProps<'input'> {
  icon?: ReactNode;
  /** At the right end inside of the box: a unit, a shortcut, a button. */
  end?: ReactNode;
}

export function Input({ icon, end, className, required, ...rest }: InputProps) {
  const control = useFieldControl({ ...rest, required });
  const box = (
    <input
      {...rest}
      {...control}
      className={clsx(controlLook, 'h-control', icon ? 'pl-8' : 'pl-2.5', end ? 'pr-9' : 'pr-2.5', className)}
    />
  );
  if (!icon && !end) return box;
  return (
    <div className="relative">
      {icon && (
        <span className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-muted [&_svg]:size-4">
          {icon}
        </span>
      )}
      {box}
      {end && (
        <span className="absolute inset-y-0 right-1 flex items-center text-meta text-muted">{end}</span>
      )}
    </div>
  );
}
