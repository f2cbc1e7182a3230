import type { ReactNode } from 'react';
import { ErrorState } from '@/components/patterns/ErrorState';
import { PageHeader } from '@/components/patterns/PageHeader';
import { useT } from '@/i18n/i18n';
import { ProblemError } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';

/** The frame of a personal settings page. */
export function AccountPage(props: {
  title: string;
  about: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-6 p-4 *:max-w-reading sm:p-6">
      <PageHeader title={props.title} description={props.about} actions={props.actions} />
      {props.children}
    </div>
  );
}

/** What could not be loaded, with the id that support asks for. */
export function LoadFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useT();
  const requestId = error instanceof ProblemError ? error.requestId : undefined;
  return <ErrorState description={problemText(t, error)} requestId={requestId} onRetry={onRetry} />;
}
