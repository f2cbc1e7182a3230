import { clsx } from 'clsx';
import { useFormat } from '@/components/ui/preferences';

export interface StateChip<V extends string> {
  value: V;
  label: string;
  /** How many it would show. */
  count?: number | undefined;
  /** Somebody should look at them. */
  urgent?: boolean;
}

export interface StateChipsProps<V extends string> {
  label: string;
  value: V;
  options: readonly StateChip<V>[];
  onPick: (value: V) => void;
}

/** One state at a time, or all. */
export function StateChips<V extends string>({ label, value, options, onPick }: StateChipsProps<V>) {
  const format = useFormat();
  return (
    <fieldset className="-m-1 flex min-w-0 gap-1.5 overflow-x-auto p-1">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => {
        const on = option.value === value;
        return (
          <button
            key={option.value}
            type="button"
            aria-pressed={on}
            onClick={() => onPick(option.value)}
            className={clsx(
              'flex h-control-sm shrink-0 items-center gap-1.5 rounded-full border px-3 text-dense transition-colors duration-120',
              on
                ? 'border-accent bg-accent-soft font-medium text-accent-text'
                : 'border-line bg-surface hover:bg-hover',
            )}
          >
            {option.label}
            {option.count !== undefined && (
              <span
                className={clsx(
                  'num text-meta',
                  option.urgent ? 'font-medium text-danger' : !on && 'text-muted',
                )}
              >
                {format.number(option.count)}
              </span>
            )}
          </button>
        );
      })}
    </fieldset>
  );
}
