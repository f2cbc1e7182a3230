export type Locale = 'en' | 'ne';
export type Digits = 'latin' | 'devanagari';

const ZERO = 0x0966;

export function toDigits(text: string, digits: Digits): string {
  if (digits === 'latin') return toLatinDigits(text);
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(ZERO + Number(digit)));
}

/** What a person typed, ready to be read by the machine. */
export function toLatinDigits(text: string): string {
  return text.replace(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - ZERO));
}
