import type { ReactNode } from 'react';

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-line border-t pt-4 pb-8">
      <h2 className="pb-4 font-semibold text-section">{title}</h2>
      <div className="flex flex-col gap-5">{children}</div>
    </section>
  );
}

/** One element in its states, with the name of the element at the left. */
export function Specimen({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-1 gap-2 lg:grid-cols-[140px_minmax(0,1fr)] lg:gap-6">
      <h3 className="pt-1.5 text-meta text-muted">{name}</h3>
      <div className="flex min-w-0 flex-wrap items-center gap-3">{children}</div>
    </div>
  );
}
