import { expect, it } from 'vitest';
import { readAddresses } from './addresses';

it('receivers are read as people type and paste them, each once', () => {
  expect(readAddresses('Hari Rai <Hari@shop.example>; sita@shop.example\nhari@shop.example')).toEqual({
    good: ['hari@shop.example', 'sita@shop.example'],
    wrong: [],
  });
  expect(readAddresses(' , ')).toEqual({ good: [], wrong: [] });
  expect(readAddresses('hari, sita@, a@b@c.example, gita@shop.example')).toEqual({
    good: ['gita@shop.example'],
    wrong: ['hari', 'sita@', 'a@b@c.example'],
  });
});
