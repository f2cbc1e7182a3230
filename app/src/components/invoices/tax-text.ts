import type { TaxKind, TaxRate } from '@/api/schema';
import type { Translate } from '@/i18n/i18n';

type NumberFormat = { number: (value: number, maxFraction?: number) => string };

const kinds: Record<Exclude<TaxKind, 'rated'>, string> = {
  zero: 'invoices.taxZero',
  exempt: 'invoices.taxExempt',
  untaxed: 'invoices.taxUntaxed',
};

/** `13%`, or that there is none. */
export function taxClassText(
  t: Translate,
  format: NumberFormat,
  { kind, basisPoints }: { kind: TaxKind; basisPoints: number },
): string {
  return kind === 'rated' ? `${format.number(basisPoints / 100)}%` : t(kinds[kind]);
}

/** Its name; with the share where the name does not say it. */
export function taxRateText(t: Translate, format: NumberFormat, rate: TaxRate): string {
  if (rate.kind !== 'rated' || /[%\d०-९]/.test(rate.name)) return rate.name;
  return `${rate.name} ${taxClassText(t, format, rate)}`;
}
