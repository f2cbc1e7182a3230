import { clsx } from 'clsx';
import { Progress as P } from 'radix-ui';

export interface ProgressProps {
  label: string;
  /** `null` while the end is not known. */
  value: number | null;
  max?: number;
  tone?: 'accent' | 'success' | 'warning' | 'danger';
  /** Reads the value out, "3 of 10 members". */
  valueText?: string;
}

const fills = { accent: 'bg-accent', success: 'bg-success', warning: 'bg-warning', danger: 'bg-danger' };

/** A bar, for uploads and usage alike. */
export function Progress({ label, value, max = 100, tone = 'accent', valueText }: ProgressProps) {
  const share = value === null ? null : Math.min(1, Math.max(0, max === 0 ? 0 : value / max));
  return (
    <P.Root
      value={value === null ? null : Math.min(value, max)}
      max={max}
      aria-label={label}
      {...(valueText ? { 'aria-valuetext': valueText } : {})}
      className="h-1.5 w-full overflow-hidden rounded-full bg-hover"
    >
      <P.Indicator
        className={clsx('h-full rounded-full', fills[tone], share === null && 'w-1/3 animate-slide')}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </P.Root>
  );
}
