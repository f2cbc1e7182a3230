import { clsx } from 'clsx';
import { type ReactNode, useEffect, useState } from 'react';
import { useT } from '@/i18n/i18n';

/** A grey bar in the place and size of what is coming. Size it by `className`. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden="true" className={clsx('block animate-skeleton rounded-chip bg-hover', className)} />
  );
}

/** Wraps skeletons: they take their room at once, are seen after 150 ms only, and say once that something loads. */
export function Loading({ children, delay = 150 }: { children: ReactNode; delay?: number }) {
  const t = useT();
  const [due, setDue] = useState(delay === 0);
  useEffect(() => {
    if (delay === 0) return;
    const timer = setTimeout(() => setDue(true), delay);
    return () => clearTimeout(timer);
  }, [delay]);
  return (
    <div role="status" aria-busy="true">
      <span className="sr-only">{t('patterns.loading')}</span>
      <div className={due ? undefined : 'invisible'}>{children}</div>
    </div>
  );
}

const widths = ['w-2/5', 'w-3/5', 'w-1/2', 'w-1/3', 'w-2/3'] as const;

/** Rows of a list or table. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  return (
    <div className="divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key, row) => (
        <div key={key} className="flex h-row items-center gap-3 px-cell">
          <Skeleton className="size-4" />
          <Skeleton className={clsx('h-3', widths[row % widths.length])} />
          <Skeleton className="ml-auto h-3 w-16" />
        </div>
      ))}
    </div>
  );
}
