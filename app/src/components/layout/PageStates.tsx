import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { Compass, PackageX } from 'lucide-react';
import { useEffect } from 'react';
import type { Scope } from '@/api/schema';
import { EmptyState } from '@/components/patterns/EmptyState';
import { ErrorState, Forbidden } from '@/components/patterns/ErrorState';
import { Button } from '@/components/ui/button';
import { Loading, SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { isCode, ProblemError } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { usePrompts } from '@/stores/prompts';

/** A page that could not be shown, with what support asks for. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const t = useT();
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  const isChunk = error instanceof Error && /dynamically imported module|module script/i.test(error.message);
  useEffect(() => {
    if (isChunk) usePrompts.setState({ newVersion: true });
  }, [isChunk]);
  if (isCode(error, 'organization_access_denied')) return <NoMember />;
  if (isCode(error, 'not_found')) return <NotFoundPage />;
  const requestId = error instanceof ProblemError ? error.requestId : undefined;
  const retry = () => {
    // Without this the query would hand out its old error instead of asking again.
    queries.reset();
    reset();
    void router.invalidate();
  };
  return <ErrorState level={1} description={problemText(t, error)} requestId={requestId} onRetry={retry} />;
}

/** The same where there is no shell around it. */
export function WholePageError(props: ErrorComponentProps) {
  return (
    <main className="grid min-h-dvh place-items-center bg-surface">
      <PageError {...props} />
    </main>
  );
}

export function WholePageNotFound() {
  return (
    <main className="grid min-h-dvh place-items-center bg-surface">
      <NotFoundPage />
    </main>
  );
}

export function PagePending() {
  return (
    <div className="mx-auto w-full max-w-300 p-4 sm:p-6">
      <Loading delay={0}>
        <SkeletonRows rows={8} />
      </Loading>
    </div>
  );
}

export function NotFoundPage() {
  const t = useT();
  return (
    <EmptyState
      level={1}
      icon={<Compass />}
      title={t('shell.notFoundTitle')}
      description={t('shell.notFoundText')}
      action={
        <Button asChild>
          <Link to="/">{t('shell.goHome')}</Link>
        </Button>
      }
    />
  );
}

function NoMember() {
  const t = useT();
  return (
    <EmptyState
      level={1}
      icon={<Compass />}
      title={t('shell.noMemberTitle')}
      description={t('shell.noMemberText')}
      action={
        <Button asChild>
          <Link to="/organizations">{t('shell.chooseOrganization')}</Link>
        </Button>
      }
    />
  );
}

/** Names what is missing, so that one can ask for exactly that. */
export function ForbiddenPage({ missing }: { missing: readonly Scope[] }) {
  const t = useT();
  return (
    <Forbidden
      permission={missing.map((scope) => (
        <code key={scope} className="mx-0.5 font-mono">
          {scope}
        </code>
      ))}
      grantedBy={t('shell.grantedBy')}
    />
  );
}

export function AppMissingPage({ app }: { app: string }) {
  const t = useT();
  return (
    <EmptyState
      level={1}
      icon={<PackageX />}
      title={t('shell.appMissingTitle')}
      description={t('shell.appMissingText', { app })}
    />
  );
}
