import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { toLatinDigits } from '@/lib/digits';
import { useFieldControl } from './field';
import { controlLook } from './input';

export interface OtpInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'maxLength'> {
  value: string;
  onValueChange: (value: string) => void;
  /** Called once with the whole code, when its last digit was typed or pasted. */
  onComplete?: (code: string) => void;
  length?: number;
}

/**
 * One box for the whole code: paste, autofill and screen readers all treat it as the single value it is. Devanagari
 * digits and the blanks some apps copy along are understood.
 */
export function OtpInput({
  value,
  onValueChange,
  onComplete,
  length = 6,
  className,
  ...rest
}: OtpInputProps) {
  const control = useFieldControl(rest);
  const change = (text: string) => {
    const code = toLatinDigits(text).replace(/\D/g, '').slice(0, length);
    if (code === value) return;
    onValueChange(code);
    if (code.length === length) onComplete?.(code);
  };
  return (
    <input
      type="text"
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      placeholder={'·'.repeat(length)}
      {...rest}
      {...control}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      className={clsx(
        controlLook,
        'h-10 max-w-52 pl-[0.45em] text-center font-mono text-page tracking-[0.45em]',
        className,
      )}
    />
  );
}
