import { type ReactNode, useId } from 'react';

export interface DashboardSectionProps {
  title: ReactNode;
  /** At the right of the title: a link to all of it. */
  aside?: ReactNode;
  children: ReactNode;
}

export function DashboardSection({ title, aside, children }: DashboardSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-6 items-center justify-between gap-3">
        <h2 id={id} className="font-semibold text-section">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
