import { expect, it } from 'vitest';
import { passwordStrength } from './password-strength';

it.each([
  ['', 0],
  ['aaaaaaaaaaaaaaaaaaaa', 0],
  ['12345678901234567890', 0],
  ['himalhimalhimalhimal', 0],
  ['chiyapasal12', 2],
  ['momo-with-achar', 4],
  ['चिया बसन्तपुर', 3],
] as const)('judges %s as %i', (password, strength) => {
  expect(passwordStrength(password)).toBe(strength);
});

it('never gets worse by a sign more', () => {
  const password = 'Chiya-At-Basantapur-27';
  const steps = [...password].map((_, index) => passwordStrength(password.slice(0, index + 1)));
  expect(steps).toEqual(steps.toSorted());
  expect(steps.at(-1)).toBe(4);
});
