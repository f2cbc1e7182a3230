import { clsx } from 'clsx';
import { Switch as S } from 'radix-ui';
import { type ReactNode, useId } from 'react';

export interface SwitchProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  hint?: ReactNode;
  hideLabel?: boolean;
  disabled?: boolean;
}

/** Takes effect at once; what is saved with a form is a `Checkbox`. */
export function Switch(props: SwitchProps) {
  const id = useId();
  const { checked, onCheckedChange, label, hint, hideLabel = false, disabled = false } = props;
  return (
    <div className="flex items-start justify-between gap-4">
      <div className={clsx('min-w-0', hideLabel && 'sr-only')}>
        <label htmlFor={id} className="block text-dense">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-meta text-muted">
            {hint}
          </p>
        )}
      </div>
      <S.Root
        id={id}
        checked={checked}
        onCheckedChange={onCheckedChange}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="group flex h-6 w-9 shrink-0 items-center rounded-full disabled:opacity-50"
      >
        <span className="flex h-5 w-full items-center rounded-full bg-edge p-0.5 transition-colors duration-120 group-data-[state=checked]:bg-accent">
          <S.Thumb className="size-4 rounded-full bg-on-fill transition-transform duration-120 data-[state=checked]:translate-x-4" />
        </span>
      </S.Root>
    </div>
  );
}
