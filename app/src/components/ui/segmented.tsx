import { clsx } from 'clsx';
import { ToggleGroup as G } from 'radix-ui';
import type { ReactNode } from 'react';

export interface SegmentedProps<V extends string> {
  value: V;
  onValueChange: (value: V) => void;
  label: string;
  options: readonly { value: V; label: string; icon?: ReactNode; hideLabel?: boolean }[];
  className?: string;
}

/** Two to four choices of which one always holds: board or list, light or dark. */
export function Segmented<V extends string>({
  value,
  onValueChange,
  label,
  options,
  className,
}: SegmentedProps<V>) {
  const pick = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    // A second click on the chosen one would clear it.
    if (option) onValueChange(option.value);
  };
  return (
    <G.Root
      type="single"
      value={value}
      onValueChange={pick}
      aria-label={label}
      className={clsx('inline-flex rounded-control bg-hover p-0.5', className)}
    >
      {options.map((option) => (
        <G.Item
          key={option.value}
          value={option.value}
          aria-label={option.hideLabel ? option.label : undefined}
          className="inline-flex h-[calc(var(--control-h)-4px)] min-w-6 items-center justify-center gap-1.5 whitespace-nowrap rounded-chip px-2 font-medium text-dense text-muted transition-colors duration-120 hover:text-text data-[state=on]:bg-surface data-[state=on]:text-text data-[state=on]:shadow-raised [&_svg]:size-4"
        >
          {option.icon}
          {!option.hideLabel && option.label}
        </G.Item>
      ))}
    </G.Root>
  );
}
