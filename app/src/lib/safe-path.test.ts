import { expect, it } from 'vitest';
import { safePath } from './safe-path';

it('keeps paths of this app with their search', () => {
  expect(safePath('/o/himal/tickets?status=open#x')).toBe('/o/himal/tickets?status=open#x');
});

it.each([
  'https://evil.example/a',
  '//evil.example/a',
  '/\\evil.example',
  'javascript:alert(1)',
  42,
  undefined,
])('does not follow %s', (text) => {
  expect(safePath(text)).toBe('/');
});
