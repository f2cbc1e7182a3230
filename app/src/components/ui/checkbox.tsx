import { clsx } from 'clsx';
import { Check, Minus } from 'lucide-react';
import { Checkbox as C } from 'radix-ui';
import { type ReactNode, useId } from 'react';

export interface CheckboxProps {
  checked: boolean | 'mixed';
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  hint?: ReactNode;
  hideLabel?: boolean;
  disabled?: boolean;
  name?: string;
  tabIndex?: number;
  /** For ranges with Shift. */
  onClick?: (event: React.MouseEvent) => void;
}

export function Checkbox(props: CheckboxProps) {
  const id = useId();
  const {
    checked,
    onCheckedChange,
    label,
    hint,
    hideLabel = false,
    disabled = false,
    name,
    tabIndex,
    onClick,
  } = props;
  return (
    <div className="flex items-start gap-1">
      <C.Root
        id={id}
        checked={checked === 'mixed' ? 'indeterminate' : checked}
        onCheckedChange={(next) => onCheckedChange(next === true)}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onClick={onClick}
        {...(name ? { name } : {})}
        {...(tabIndex === undefined ? {} : { tabIndex })}
        className="group -m-0.5 flex size-6 shrink-0 items-center justify-center rounded-chip disabled:opacity-50"
      >
        <span
          className={clsx(
            'flex size-4 items-center justify-center rounded-chip border border-edge bg-surface text-on-fill transition-colors duration-120',
            'group-data-[state=checked]:border-accent group-data-[state=checked]:bg-accent group-data-[state=indeterminate]:border-accent group-data-[state=indeterminate]:bg-accent',
          )}
        >
          <C.Indicator>
            {checked === 'mixed' ? <Minus className="size-3" /> : <Check className="size-3" />}
          </C.Indicator>
        </span>
      </C.Root>
      <ChoiceLabel id={id} label={label} hint={hint} hidden={hideLabel} />
    </div>
  );
}

/** Label and hint at the right of a small control. */
export function ChoiceLabel(props: { id: string; label: ReactNode; hint?: ReactNode; hidden?: boolean }) {
  return (
    <div className={clsx('min-w-0', props.hidden && 'sr-only')}>
      <label htmlFor={props.id} className="block pl-1 text-dense">
        {props.label}
      </label>
      {props.hint && (
        <p id={`${props.id}-hint`} className="pl-1 text-meta text-muted">
          {props.hint}
        </p>
      )}
    </div>
  );
}
