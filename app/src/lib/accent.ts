/** Light enough to stand out from the darkest surface by 3:1, dark enough for white letters by 4.5:1. */
const DARKEST = 0.127;
const LIGHTEST = 0.18;

/**
 * The colour of an organization as a fill with white letters, on light and on dark: its hue stays, its lightness gives
 * way where one could not read or see it. Undefined for what is no colour.
 */
export function accentFill(color: string): string | undefined {
  const digits = /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  if (digits === undefined) return undefined;
  const light = [0, 2, 4].map((at) => toLight(Number.parseInt(digits.slice(at, at + 2), 16)));
  const all = luminance(light);
  const fitted = light.map((part) => {
    if (all > LIGHTEST) return part * (LIGHTEST / all);
    // Towards white.
    if (all < DARKEST) return part + (1 - part) * ((DARKEST - all) / (1 - all));
    return part;
  });
  return `#${fitted.map((part) => toByte(part).toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance of linear light, as WCAG has it. */
const luminance = ([red = 0, green = 0, blue = 0]: number[]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

function toLight(byte: number): number {
  const part = byte / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function toByte(light: number): number {
  const part = light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(part * 255);
}
