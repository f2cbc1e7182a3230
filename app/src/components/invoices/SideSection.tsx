import { type ReactNode, useId } from 'react';

/** A part of what stands beside a paper. */
export function SideSection(props: { title: ReactNode; action?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <div className="flex min-h-control-sm items-center justify-between gap-2">
        <h2 id={id} className="font-semibold text-body">
          {props.title}
        </h2>
        {props.action}
      </div>
      {props.children}
    </section>
  );
}
