import { beforeEach, expect, it } from 'vitest';
import { attempts } from './attempt';
import { readCookie, writeCookie } from './cookie';

beforeEach(() => writeCookie('mj_attempt', '', 0));

it('is the same attempt for every page until an answer came', () => {
  const first = attempts.current();
  expect(attempts.current()).toBe(first);
  attempts.answered(first);
  expect(readCookie('mj_attempt')).not.toBe(first);
  expect(attempts.current()).not.toBe(first);
});

it('leaves an attempt alone that somebody else began meanwhile', () => {
  const first = attempts.current();
  attempts.answered(first);
  const second = attempts.current();
  attempts.answered(first);
  expect(attempts.current()).toBe(second);
});

it('sends nothing that the server would not take for an attempt', () => {
  writeCookie('mj_attempt', 'odd', 60);
  expect(attempts.current()).toMatch(/^[0-9a-f-]{36}$/);
});
