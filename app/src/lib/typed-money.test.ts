import { describe, expect, it } from 'vitest';
import {
  amountText,
  parseAmount,
  parseBasisPoints,
  parseQuantity,
  percentText,
  quantityText,
} from './typed-money';

describe('money as people type it', () => {
  it('is read digit by digit, also in Devanagari and in lakhs', () => {
    expect(parseAmount('1,234.5', 'NPR')).toBe(123_450);
    expect(parseAmount('१२,३४,५६७.५०', 'NPR')).toBe(123_456_750);
    expect(parseAmount('0.1', 'NPR')).toBe(10);
    expect(parseAmount('4.35', 'NPR')).toBe(435);
    expect(parseAmount('12.', 'NPR')).toBe(1200);
    expect(parseAmount('500', 'JPY')).toBe(500);
    expect(parseAmount('1.234', 'KWD')).toBe(1234);
    // Written without decimals there, and counted with two.
    expect(parseAmount('5000', 'PKR')).toBe(500_000);
  });

  it('is refused where it is no amount of the currency', () => {
    for (const text of ['', '-1', '1.234', '1e3', 'Rs. 5', '.', '1.2.3']) {
      expect(parseAmount(text, 'NPR')).toBeNull();
    }
    expect(parseAmount('1.5', 'JPY')).toBeNull();
  });

  it('goes into a field and comes back as the same', () => {
    for (const amount of [0, 5, 99, 100, 123_456_789_012]) {
      expect(parseAmount(amountText(amount, 'NPR'), 'NPR')).toBe(amount);
      expect(parseAmount(amountText(amount, 'JPY'), 'JPY')).toBe(amount);
    }
  });
});

describe('shares and quantities as people type them', () => {
  it('are read exactly', () => {
    expect(parseBasisPoints('13')).toBe(1300);
    expect(parseBasisPoints('12.5')).toBe(1250);
    expect(parseBasisPoints('०.२५')).toBe(25);
    expect(parseBasisPoints('100')).toBe(10_000);
    expect(parseBasisPoints('100.01')).toBeNull();
    expect(parseBasisPoints('1.234')).toBeNull();
    expect(parseQuantity('२.५')).toBe('2.5');
    expect(parseQuantity('1,000')).toBe('1000');
    expect(parseQuantity('2.50')).toBe('2.5');
    expect(parseQuantity('007.000')).toBe('7');
    expect(parseQuantity('0.0')).toBe('0');
    expect(parseQuantity('1.2345')).toBeNull();
    expect(parseQuantity('')).toBeNull();
  });

  it('are shown without what says nothing', () => {
    expect(percentText(1300)).toBe('13');
    expect(percentText(1250)).toBe('12.5');
    expect(percentText(5)).toBe('0.05');
    expect(percentText(10_000)).toBe('100');
    expect(quantityText('2.000')).toBe('2');
    expect(quantityText('100')).toBe('100');
    expect(quantityText('2.050')).toBe('2.05');
  });
});
