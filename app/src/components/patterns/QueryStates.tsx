import type { ReactNode } from 'react';
import { Loading, SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { ProblemError } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { ErrorState } from './ErrorState';

export interface QueryStatesProps {
  query: { data: unknown; error: unknown; isFetching: boolean; refetch: () => unknown };
  /** In the shape of what is coming; rows if nothing is given. */
  skeleton?: ReactNode;
  children: ReactNode;
}

/** Skeleton, error with a way out, or the content: the three states of whatever comes from a query. */
export function QueryStates({ query, skeleton, children }: QueryStatesProps) {
  const t = useT();
  if (query.data !== undefined) return children;
  if (!query.error) return <Loading>{skeleton ?? <SkeletonRows rows={8} />}</Loading>;
  return (
    <ErrorState
      description={problemText(t, query.error)}
      requestId={query.error instanceof ProblemError ? query.error.requestId : undefined}
      onRetry={() => void query.refetch()}
      retrying={query.isFetching}
    />
  );
}
