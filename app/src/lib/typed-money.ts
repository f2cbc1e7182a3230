import { decimalsOf } from './decimals';
import { toLatinDigits } from './digits';

/** What a person types, as the wire wants it. Works on digits: nothing is rounded, nothing computed. */

const plain = (text: string) => toLatinDigits(text).replace(/[\s,]/g, '');

/** `1,234.5` -> 123450; `null` where it is no amount of this currency. */
export function parseAmount(text: string, currency: string): number | null {
  const places = decimalsOf(currency);
  const match = /^(\d{1,13})(?:\.(\d*))?$/.exec(plain(text));
  const [, whole = '', rest = ''] = match ?? [];
  if (!match || rest.length > places) return null;
  return Number(`${whole}${rest.padEnd(places, '0')}`);
}

/** 123450 -> `1234.50`, for a field. */
export function amountText(amount: number, currency: string): string {
  const places = decimalsOf(currency);
  const digits = String(amount).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** `13` or `12.5` percent -> hundredths of a percent. */
export function parseBasisPoints(text: string): number | null {
  const match = /^(\d{1,3})(?:\.(\d{0,2}))?$/.exec(plain(text));
  if (!match) return null;
  const points = Number(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`);
  return points <= 10_000 ? points : null;
}

/** 1250 -> `12.5`. */
export function percentText(basisPoints: number): string {
  const digits = String(basisPoints).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '');
}

/**
 * `2.50` -> `2.5`: two ways to type the same are the same. `2,5` is twenty-five to a machine and two and a half to many
 * people: only a point parts decimals.
 */
export function parseQuantity(text: string): string | null {
  const value = plain(text);
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(value)) return null;
  return quantityText(value).replace(/^0+(?=\d)/, '');
}

/** `2.000` -> `2`, `2.500` -> `2.5`. */
export function quantityText(quantity: string): string {
  return quantity.includes('.') ? quantity.replace(/\.?0+$/, '') : quantity;
}
