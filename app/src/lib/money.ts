import { decimalsOf } from './decimals';
import { type Digits, type Locale, toDigits } from './digits';

export interface Money {
  /** Integer minor units. */
  readonly amount: number;
  readonly currency: string;
}

const signs: Record<string, Record<Locale, string>> = { NPR: { en: 'Rs.', ne: 'रु' } };

/** Groups an integer's digits the South Asian way: 12,34,567. */
export function lakhGrouping(digits: string): string {
  if (digits.length <= 3) return digits;
  const head = digits.slice(0, -3).replace(/\B(?=(\d{2})+$)/g, ',');
  return `${head},${digits.slice(-3)}`;
}

/** `1234567.50` without a sign for the currency. Works on digits, so no rounding takes place. */
export function formatAmount(money: Money, digits: Digits): string {
  const places = decimalsOf(money.currency);
  const text = String(Math.abs(Math.trunc(money.amount))).padStart(places + 1, '0');
  const whole = places === 0 ? text : text.slice(0, -places);
  const rest = places === 0 ? '' : `.${text.slice(-places)}`;
  const sign = money.amount < 0 ? '-' : '';
  return toDigits(`${sign}${lakhGrouping(whole)}${rest}`, digits);
}

/** `Rs. 12,34,567.50` or `रु १२,३४,५६७.५०`. */
export function formatMoney(money: Money, locale: Locale, digits: Digits): string {
  const sign = signs[money.currency]?.[locale] ?? money.currency;
  const amount = formatAmount({ ...money, amount: Math.abs(money.amount) }, digits);
  return `${money.amount < 0 ? '-' : ''}${sign} ${amount}`;
}
