/** 0 is no good, 4 is beyond guessing. */
export type Strength = 0 | 1 | 2 | 3 | 4;

const POOLS: readonly (readonly [RegExp, number])[] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[^a-zA-Z0-9]/, 30],
];

/** Steps in bits: what guessing costs, roughly. */
const STEPS = [36, 50, 62, 75] as const;

/**
 * A rough estimate for the bar under the field. It counts neither repeated signs, runs like `1234`, nor a text written
 * twice; whether a password is well known only the server can tell.
 */
export function passwordStrength(password: string): Strength {
  const pool = POOLS.reduce((sum, [signs, size]) => (signs.test(password) ? sum + size : sum), 0);
  if (pool === 0) return 0;
  const bits = surprising(password) * Math.log2(pool);
  const reached = STEPS.filter((step) => bits >= step).length;
  return ([0, 1, 2, 3, 4] as const)[reached] ?? 0;
}

/** How many signs do not follow from what stands before them. */
function surprising(password: string): number {
  const signs = [...password];
  let count = 0;
  for (const [index, sign] of signs.entries()) {
    const step = (signs[index - 1]?.codePointAt(0) ?? Number.NaN) - (sign.codePointAt(0) ?? 0);
    if (Math.abs(step) <= 1) continue;
    const next = signs.slice(index, index + 4).join('');
    // Four signs that were there before: the rest is a copy.
    if (next.length === 4 && password.indexOf(next) < index) break;
    count += 1;
  }
  return count;
}
