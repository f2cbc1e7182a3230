import { type ReactNode, useId } from 'react';

/** A part of the settings: what it is at the left, its controls at the right; under each other where it is narrow. */
export function SettingsSection(props: { title: ReactNode; about?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-8 gap-y-3 border-line border-t pt-5 lg:grid-cols-[200px_minmax(0,1fr)]"
    >
      <div>
        <h2 id={id} className="font-semibold text-body">
          {props.title}
        </h2>
        {props.about && <p className="mt-0.5 text-dense text-muted">{props.about}</p>}
      </div>
      <div className="min-w-0">{props.children}</div>
    </section>
  );
}
