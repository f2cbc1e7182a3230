import { messages as en } from 'virtual:texts/en';
import { messages as ne } from 'virtual:texts/ne';
import { i18n } from '@lingui/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { problemCodeValues } from '@/api/schema';
import { toProblem } from '@/services/problem';
import { fieldOf, isCode, ProblemError } from './problem';
import { inputText, problemText } from './problem-text';

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: en }));
const t = (id: string, values?: Record<string, unknown>) => i18n._(id, values);

describe('toProblem', () => {
  it('reads what the server sent, with the time to wait', () => {
    const body = {
      code: 'rate_limited',
      status: 429,
      detail: 'slow down',
      requestId: 'r1',
      title: '',
      type: '',
    };
    const problem = toProblem(429, body, (name) => (name === 'retry-after' ? '90' : undefined));
    expect(problem).toMatchObject({ code: 'rate_limited', status: 429, requestId: 'r1', retryAfter: 90 });
    expect(problemText(t, problem)).toBe('Too many attempts. Try again in 2 minutes.');
  });

  it('makes a problem of anything else: a proxy’s page, or no answer', () => {
    const proxy = toProblem(502, '<html>', (name) => (name === 'x-request-id' ? 'r2' : undefined));
    expect(proxy).toMatchObject({ code: 'internal', requestId: 'r2', isUncertain: true });
    const silence = toProblem(0, undefined);
    expect(silence).toMatchObject({ code: 'unreachable', isUncertain: true });
    expect(problemText(t, silence)).toMatch(/does not answer/);
  });
});

it('finds the field of a fault', () => {
  expect(fieldOf({ pointer: '#/lines/0/quantity', code: 'x', detail: '' })).toBe('lines.0.quantity');
  expect(fieldOf({ pointer: '#/a~1b', code: 'x', detail: '' })).toBe('a/b');
  expect(fieldOf({ parameter: 'limit', code: 'x', detail: '' })).toBe('limit');
});

it('has a text for every code of the API, in both languages', () => {
  const missing = problemCodeValues.filter(
    (code) => !(`problem.${code}` in en) || !(`problem.${code}` in ne),
  );
  expect(missing).toEqual([]);
});

it('falls back to the server’s words for a fault it does not know', () => {
  expect(inputText(t, { code: 'brand_new', detail: 'is odd', pointer: '#/a' })).toBe('is odd');
  expect(inputText(t, { code: 'out_of_range', detail: '', params: JSON.parse('{"max": 5}') })).toBe(
    'At most 5.',
  );
});

it('tells codes apart', () => {
  const stale = new ProblemError({ status: 412, code: 'version_stale' });
  expect(isCode(stale, 'version_stale', 'version_required')).toBe(true);
  expect(isCode(new Error('no'), 'version_stale')).toBe(false);
});
