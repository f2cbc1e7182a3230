import { addDays, dayBounds, type IsoDate, today } from '@/lib/time';

export const lifetimes = ['30', '90', '365', 'day', 'never'] as const;
export type Lifetime = (typeof lifetimes)[number];

/** When a key of this lifetime ends: with the last moment of that day where the reader is. */
export function expiryOf(
  lifetime: Lifetime,
  day: IsoDate | null,
  timeZone: string,
  now: Date = new Date(),
): string | undefined {
  if (lifetime === 'never') return undefined;
  const last = lifetime === 'day' ? day : addDays(today(timeZone, now), Number(lifetime));
  return last === null ? undefined : dayBounds(last, timeZone).to.toISOString();
}

export type KeyState = 'valid' | 'soon' | 'expired';

const SOON_MS = 7 * 86_400_000;

export function keyState(expiresAt: string | null | undefined, now: Date = new Date()): KeyState {
  if (!expiresAt) return 'valid';
  const left = new Date(expiresAt).getTime() - now.getTime();
  if (left <= 0) return 'expired';
  return left < SOON_MS ? 'soon' : 'valid';
}
