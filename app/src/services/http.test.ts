import { describe, expect, it } from 'vitest';
import { fileName } from './http';

describe('the name of a download', () => {
  it('is read in both spellings, the one in UTF-8 first', () => {
    expect(fileName("attachment; filename*=UTF-8''INV%2D1%2Dcopy.pdf")).toBe('INV-1-copy.pdf');
    expect(fileName(`attachment; filename="x.pdf"; filename*=UTF-8''%E0%A5%A7.pdf`)).toBe('१.pdf');
    expect(fileName('attachment; filename="tickets.csv"')).toBe('tickets.csv');
    expect(fileName('')).toBeUndefined();
  });
});
