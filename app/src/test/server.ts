import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import type { operations, Problem, ProblemCode } from '@/api/schema';

/** The API of a test: what it does not declare is an error. */
export const server = setupServer();

export const api = (path: string) => `*/api/v1${path}`;

/** A problem as the server would send it. */
export function problem(status: number, code: ProblemCode, more: Partial<Problem> = {}, headers = {}) {
  const body: Problem = {
    type: `https://docs.merojugx.dev/problems/${code}`,
    title: code,
    status,
    detail: code,
    code,
    requestId: '01a205b6-0000-7000-8000-000000000001',
    ...more,
  };
  return HttpResponse.json(body, {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}

export { HttpResponse, http, type operations };
