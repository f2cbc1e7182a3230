import { expect, it } from 'vitest';
import { writeKeys } from './idempotency';
import { uuid } from './uuid';

it('keeps the key of an input until its outcome is known', () => {
  const keys = writeKeys();
  const first = keys.of({ title: 'Tea', tags: ['a'] });
  expect(keys.of({ title: 'Tea', tags: ['a'] })).toBe(first);
  expect(keys.of({ title: 'Milk', tags: ['a'] })).not.toBe(first);
  keys.settled({ title: 'Tea', tags: ['a'] });
  expect(keys.of({ title: 'Tea', tags: ['a'] })).not.toBe(first);
});

it('makes version 4 UUIDs', () => {
  expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
