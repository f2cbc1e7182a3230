import type { ReactNode } from 'react';
import { Callout } from '@/components/ui/callout';

/** The head of a page before the app: what this is, and one sentence. */
export function AuthHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="mb-6">
      <h1 className="font-semibold text-page">{title}</h1>
      {children && <p className="mt-1 text-body text-muted">{children}</p>}
    </div>
  );
}

/** What is wrong with the whole form; read out when it appears. */
export function FormSummary({ message, children }: { message: string | undefined; children?: ReactNode }) {
  if (!message) return null;
  return (
    <Callout alert tone="danger" actions={children}>
      {message}
    </Callout>
  );
}

/** The lines under a form: other ways to go on. */
export function Aside({ children }: { children: ReactNode }) {
  return <p className="mt-6 text-dense text-muted">{children}</p>;
}
