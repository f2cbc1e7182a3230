import type { Problem } from '@/api/schema';
import { ProblemError } from '@/lib/problem';

/** The parse boundary: anything that came back, as a problem. */
export function toProblem(status: number, body: unknown, header?: (name: string) => unknown): ProblemError {
  const told: Partial<Problem> = isProblem(body) ? body : {};
  const seconds = Number(header?.('retry-after'));
  const requestId = told.requestId ?? text(header?.('x-request-id'));
  const whole = { ...told, status, ...(requestId === undefined ? {} : { requestId }) };
  return new ProblemError(whole, Number.isFinite(seconds) && seconds > 0 ? seconds : undefined);
}

export function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
