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
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <div className="flex items-center gap-2">
            <h1 className="truncate font-semibold text-page">{title}</h1>
            {badge}
          </div>
          {description && <p className="mt-0.5 max-w-reading text-dense text-muted">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {tabs}
    </header>
  );
}
