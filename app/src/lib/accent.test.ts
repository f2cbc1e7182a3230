import { expect, it } from 'vitest';
import { accentFill } from './accent';

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
const contrast = (one: string, other: string) => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

it('lets one read white letters on every colour, and see it on light and dark', () => {
  const parts = ['00', '33', '80', 'cc', 'ff'];
  const colors = parts.flatMap((r) => parts.flatMap((g) => parts.map((b) => `#${r}${g}${b}`)));
  for (const color of colors) {
    const fill = accentFill(color) ?? '';
    expect(contrast(fill, '#ffffff'), color).toBeGreaterThanOrEqual(4.5);
    expect(contrast(fill, '#131519'), color).toBeGreaterThanOrEqual(3);
  }
});

it('leaves a colour alone that can be read, and does not make one up', () => {
  expect(accentFill('#2563EB')).toBe('#2563eb');
  expect(accentFill('#12345')).toBeUndefined();
  expect(accentFill('red')).toBeUndefined();
});
