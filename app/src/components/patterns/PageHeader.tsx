import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** A breadcrumb or back link over the title. */
  above?: ReactNode;
  /** Beside the title: a count, a state. */
  badge?: ReactNode;
  actions?: ReactNode;
  /** A tab list at the lower edge. */
  tabs?: ReactNode;
}

export function PageHeader({ title, description, above, badge, actions, tabs }: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-3">
      {above && <div className="text-meta text-muted">{above}</div>}
      {/* On a phone what one can do stands beside the title, where there is room, and the words under both. */}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div className="min-w-0 flex-1 basis-60 max-sm:contents">
          <div
            className={clsx(
              'flex max-w-full items-center gap-2 max-sm:flex-[1_0_auto]',
              actions && 'min-h-control',
            )}
          >
            <h1 className="truncate font-semibold text-page">{title}</h1>
            {badge}
          </div>
          {description && (
            <p className="max-w-reading text-dense text-muted max-sm:order-1 max-sm:basis-full">
              {description}
            </p>
          )}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2 print:hidden">{actions}</div>}
      </div>
      {tabs}
    </header>
  );
}
