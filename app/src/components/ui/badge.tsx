import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger' | 'info' | 'violet';

export const toneLook: Record<Tone, string> = {
  neutral: 'bg-sunken text-muted',
  accent: 'bg-accent-soft text-accent-text',
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
  info: 'bg-info-soft text-info',
  violet: 'bg-violet-soft text-violet',
};

export interface BadgeProps {
  tone?: Tone;
  icon?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A state. Colour never says it alone: the text does. */
export function Badge({ tone = 'neutral', icon, className, children }: BadgeProps) {
  return (
    <span
      className={clsx(
        'inline-flex h-5 max-w-full items-center gap-1 whitespace-nowrap rounded-chip px-1.5 font-medium text-meta [&_svg]:size-3 [&_svg]:shrink-0',
        toneLook[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}

export interface CountBadgeProps {
  count: number;
  /** Read out: "3 unread". */
  label: string;
  tone?: 'accent' | 'neutral';
  max?: number;
  /** Writes the number in the reader's digits. */
  format?: (count: number) => string;
}

export function CountBadge({ count, label, tone = 'accent', max = 99, format = String }: CountBadgeProps) {
  if (count <= 0) return null;
  return (
    <span
      className={clsx(
        'num inline-flex h-4 min-w-4 items-center justify-center rounded-full px-1 font-semibold text-[10px] leading-none',
        tone === 'accent' ? 'bg-accent text-on-fill' : 'bg-sunken text-muted',
      )}
    >
      <span aria-hidden="true">{count > max ? `${format(max)}+` : format(count)}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
