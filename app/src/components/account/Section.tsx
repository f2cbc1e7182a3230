import { type ReactNode, useId } from 'react';

export interface SectionProps {
  title: ReactNode;
  description?: ReactNode;
  /** At the right of the title: the one act of the section. */
  action?: ReactNode;
  badge?: ReactNode;
  children?: ReactNode;
}

/** A part of a settings page. Parts are told apart by a line, not by boxes. */
export function Section({ title, description, action, badge, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4 border-line border-t pt-6">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <div className="flex items-center gap-2">
            <h2 id={id} className="font-semibold text-section">
              {title}
            </h2>
            {badge}
          </div>
          {description && <p className="mt-0.5 text-dense text-muted">{description}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
