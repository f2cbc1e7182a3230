import type { Problem, ProblemCode } from '@/api/schema';

export type InputError = NonNullable<Problem['errors']>[number];

/** No answer at all; not sent, for the tab is in another organization by now. */
type OwnCode = 'unreachable' | 'organization_left';

/** What the API answers when it does not do what was asked. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: ProblemCode | OwnCode;
  readonly detail: string;
  readonly requestId: string | undefined;
  readonly errors: readonly InputError[];
  /** Seconds to wait. */
  readonly retryAfter: number | undefined;

  constructor(
    problem: Partial<Omit<Problem, 'code'>> & { status: number; code?: ProblemCode | OwnCode },
    retryAfter?: number,
  ) {
    super(problem.detail ?? problem.title ?? 'no answer');
    this.name = 'ProblemError';
    this.status = problem.status;
    this.code = problem.code ?? (problem.status >= 500 ? 'internal' : 'unreachable');
    this.detail = problem.detail ?? '';
    this.requestId = problem.requestId;
    this.errors = problem.errors ?? [];
    this.retryAfter = retryAfter;
  }

  /** Nothing is known about whether the request was carried out. */
  get isUncertain(): boolean {
    return this.status === 0 || this.status >= 502;
  }
}

export function isCode(error: unknown, ...codes: ProblemError['code'][]): error is ProblemError {
  return error instanceof ProblemError && codes.includes(error.code);
}

/** `#/lines/0/quantity` -> `lines.0.quantity`, the way forms name their fields. */
export function fieldOf(error: InputError): string | undefined {
  if (error.parameter !== undefined) return error.parameter;
  if (error.pointer === undefined) return undefined;
  const path = error.pointer.replace(/^#\/?/, '').split('/');
  return path.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
}
