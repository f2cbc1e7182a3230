import { RadioGroup as R } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { ChoiceLabel } from './checkbox';
import { useFieldLabelId } from './field';

export interface RadioOption<V extends string = string> {
  value: V;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

export interface RadioGroupProps<V extends string> {
  value: V | null;
  onValueChange: (value: V) => void;
  options: readonly RadioOption<V>[];
  /** Needed outside of a `Field`. */
  label?: string;
  direction?: 'column' | 'row';
  disabled?: boolean;
}

export function RadioGroup<V extends string>(props: RadioGroupProps<V>) {
  const id = useId();
  const labelId = useFieldLabelId();
  const { value, onValueChange, options, label, direction = 'column', disabled = false } = props;
  const pick = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    if (option) onValueChange(option.value);
  };
  return (
    <R.Root
      value={value ?? ''}
      onValueChange={pick}
      disabled={disabled}
      aria-label={label}
      aria-labelledby={label ? undefined : labelId}
      className={direction === 'row' ? 'flex flex-wrap gap-x-5 gap-y-2' : 'flex flex-col gap-2'}
    >
      {options.map((option) => (
        <div key={option.value} className="flex items-start gap-1">
          <R.Item
            id={`${id}-${option.value}`}
            value={option.value}
            disabled={disabled || (option.disabled ?? false)}
            aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined}
            className="group -m-0.5 flex size-6 shrink-0 items-center justify-center rounded-full disabled:opacity-50"
          >
            <span className="flex size-4 items-center justify-center rounded-full border border-edge bg-surface group-data-[state=checked]:border-accent group-data-[state=checked]:bg-accent">
              <R.Indicator className="size-1.5 rounded-full bg-on-fill" />
            </span>
          </R.Item>
          <ChoiceLabel id={`${id}-${option.value}`} label={option.label} hint={option.hint} />
        </div>
      ))}
    </R.Root>
  );
}
