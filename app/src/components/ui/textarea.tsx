import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { useFieldControl } from './field';
import { controlLook } from './input';

export interface TextareaProps extends ComponentProps<'textarea'> {
  /** Grows with its text instead of scrolling. */
  grow?: boolean;
}

export function Textarea({ grow = true, className, required, rows = 3, style, ...rest }: TextareaProps) {
  const control = useFieldControl({ ...rest, required });
  return (
    <textarea
      rows={rows}
      // A box that grows with its text would begin with a single line, whatever `rows` says.
      style={{ minHeight: `calc(${rows}lh + 14px)`, ...style }}
      {...rest}
      {...control}
      className={clsx(
        controlLook,
        'max-h-96 resize-y px-2.5 py-1.5',
        grow && 'field-sizing-content',
        className,
      )}
    />
  );
}
