import type { ReactNode } from 'react';
import { type HeadingLevel, StateTitle } from './StateTitle';

export interface EmptyStateProps {
  /** 1 where it is the page; 2 below the title of a page; 3 in a section of it. */
  level?: HeadingLevel;
  icon?: ReactNode;
  title: ReactNode;
  /** Why it is empty. */
  description?: ReactNode;
  /** One act, not a choice. */
  action?: ReactNode;
}

export function EmptyState({ level = 2, icon, title, description, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-1 px-4 py-12 text-center">
      {icon && (
        <span aria-hidden="true" className="mb-2 text-edge [&_svg]:size-6 [&_svg]:stroke-[1.5]">
          {icon}
        </span>
      )}
      <StateTitle level={level}>{title}</StateTitle>
      {description && <p className="max-w-100 text-balance text-dense text-muted">{description}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
