import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from '@/lib/problem';

/** Only where another try can help: no answer, or a server that says so. Never for what the client did wrong. */
export function worthRetrying(failures: number, error: unknown): boolean {
  const passing = error instanceof ProblemError && [0, 502, 503, 504].includes(error.status);
  return passing && failures < 2;
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        retry: worthRetrying,
        // The page's error boundary is for our own defects on the first load; the rest is the component's to show.
        throwOnError: (error, query) =>
          error instanceof ProblemError && error.status >= 500 && query.state.data === undefined,
      },
      mutations: { retry: false },
    },
  });
}

export const queryClient = makeQueryClient();
