import type { ReactNode } from 'react';
import { useT } from '@/i18n/i18n';

export interface DetailLayoutProps {
  children: ReactNode;
  /** Properties at the right; under the title on a phone. */
  side: ReactNode;
  sideLabel?: string;
}

/** Reading column and properties. */
export function DetailLayout({ children, side, sideLabel }: DetailLayoutProps) {
  const t = useT();
  return (
    <div className="flex flex-col gap-6 lg:flex-row lg:items-start lg:gap-8">
      <div className="min-w-0 flex-1 lg:max-w-reading">{children}</div>
      <aside
        aria-label={sideLabel ?? t('patterns.properties')}
        className="max-lg:order-first lg:sticky lg:top-4 lg:w-properties lg:shrink-0"
      >
        {side}
      </aside>
    </div>
  );
}

export interface PropertyListProps {
  items: readonly { id: string; label: ReactNode; value: ReactNode }[];
}

export function PropertyList({ items }: PropertyListProps) {
  return (
    <dl className="flex flex-col text-dense">
      {items.map((item) => (
        <div key={item.id} className="grid grid-cols-[88px_minmax(0,1fr)] gap-2">
          <dt className="flex h-control items-center text-muted">
            <span className="truncate">{item.label}</span>
          </dt>
          <dd className="flex min-h-control min-w-0 flex-wrap items-center gap-1">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
