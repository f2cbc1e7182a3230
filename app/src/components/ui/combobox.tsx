import { clsx } from 'clsx';
import { ChevronDown, X } from 'lucide-react';
import { useState } from 'react';
import { useT } from '@/i18n/i18n';
import { useFieldControl, useFieldLabelId } from './field';
import { controlLook } from './input';
import { type LoadOptions, PickList, type PickOption } from './pick-list';
import { Popover } from './popover';

export interface ComboboxProps {
  /** The chosen option; its label is shown even when it is not among those loaded. */
  value: PickOption | null;
  onValueChange: (option: PickOption | null) => void;
  options?: readonly PickOption[];
  /** Keep it stable (`useCallback`): a new function asks again. */
  load?: LoadOptions;
  placeholder?: string;
  /** Names the list; needed outside of a `Field` for the button too. */
  label: string;
  clearable?: boolean;
  disabled?: boolean;
  required?: boolean;
  emptyText?: string;
  className?: string;
}

export function Combobox(props: ComboboxProps) {
  const t = useT();
  const {
    value,
    onValueChange,
    options,
    load,
    placeholder,
    label,
    clearable = false,
    disabled = false,
  } = props;
  const [open, setOpen] = useState(false);
  const { 'aria-required': _, ...control } = useFieldControl({ required: props.required });
  const labelId = useFieldLabelId();
  const pick = (option: PickOption) => {
    onValueChange(option);
    setOpen(false);
  };
  const trigger = (
    <button
      type="button"
      disabled={disabled}
      {...control}
      aria-label={labelId ? undefined : `${label}: ${value?.label ?? placeholder ?? ''}`}
      className={clsx(controlLook, 'flex h-control items-center gap-2 px-2.5 text-left [&_svg]:size-4')}
    >
      {value?.icon}
      <span className={clsx('min-w-0 flex-1 truncate', !value && 'text-muted')}>
        {value?.label ?? placeholder ?? t('patterns.choose')}
      </span>
      {!(clearable && value) && <ChevronDown aria-hidden="true" className="shrink-0 text-muted" />}
    </button>
  );
  return (
    <div className={clsx('relative min-w-0', props.className)}>
      <Popover
        open={open}
        onOpenChange={setOpen}
        label={label}
        trigger={trigger}
        className="w-(--radix-popover-trigger-width) min-w-60"
      >
        <PickList
          label={label}
          selected={new Set(value ? [value.value] : [])}
          onPick={pick}
          {...(options ? { options } : {})}
          {...(load ? { load } : {})}
          {...(props.emptyText ? { emptyText: props.emptyText } : {})}
        />
      </Popover>
      {clearable && value && !disabled && (
        <button
          type="button"
          aria-label={t('patterns.clearValue', { name: label })}
          onClick={() => onValueChange(null)}
          className="absolute inset-y-0 right-1 my-auto flex size-6 items-center justify-center rounded-chip text-muted hover:bg-hover hover:text-text"
        >
          <X className="size-4" />
        </button>
      )}
    </div>
  );
}
