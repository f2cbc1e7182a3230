import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useFieldControl, useFieldLabelId } from './field';
import { selectParts } from './floating';
import { controlLook } from './input';

export interface SelectOption<V extends string = string> {
  value: V;
  label: string;
  hint?: string;
  icon?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps<V extends string> {
  value: V | null;
  onValueChange: (value: V) => void;
  options: readonly SelectOption<V>[];
  placeholder?: string;
  /** Needed outside of a `Field`. */
  label?: string;
  disabled?: boolean;
  required?: boolean;
  className?: string;
}

/** What was done to the button before there was a list behind it. */
export interface SelectControlProps<V extends string> extends SelectProps<V> {
  begin: { focused: boolean; open: boolean };
}

export const selectLook =
  'flex h-control items-center justify-between gap-2 px-2.5 text-left data-placeholder:text-muted';

/** A short, fixed list. Long or remote lists take a `Combobox`. */
export function Select<V extends string>(props: SelectProps<V>) {
  const [begin, setBegin] = useState({ focused: false, open: false });
  const parts = selectParts.use(true);
  const control = useFieldControl({ required: props.required });
  const labelId = useFieldLabelId();
  if (parts) return <parts.SelectControl {...props} begin={begin} />;
  const chosen = props.options.find(({ value }) => value === props.value);
  return (
    <button
      type="button"
      role="combobox"
      aria-expanded={false}
      {...control}
      aria-label={props.label}
      aria-labelledby={props.label ? undefined : labelId}
      disabled={props.disabled}
      data-placeholder={chosen ? undefined : ''}
      onFocus={() => setBegin((before) => ({ ...before, focused: true }))}
      onBlur={() => setBegin({ focused: false, open: false })}
      onClick={() => setBegin({ focused: true, open: true })}
      className={clsx(controlLook, selectLook, props.className)}
    >
      <span className="flex min-w-0 items-center gap-2 truncate">
        {chosen?.icon}
        <span className="truncate">{chosen?.label ?? props.placeholder}</span>
      </span>
      <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
    </button>
  );
}
