import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { currencyValues } from '@/api/schema';
import { decimalsOf } from './decimals';

/** The arms of the server's own table: codes, and how many decimals they have. */
function ofTheServer(): Map<string, number> {
  const source = readFileSync(join(import.meta.dirname, '../../../crates/kernel/src/currency.rs'), 'utf8');
  const arms = [...source.matchAll(/((?:b"[A-Z]{3}"[\s|]*)+)=>\s*(\d)/g)];
  return new Map(
    arms.flatMap(([, codes = '', places]) =>
      [...codes.matchAll(/[A-Z]{3}/g)].map(([code]) => [code, Number(places)] as const),
    ),
  );
}

describe('decimals of currencies', () => {
  it('are those of the server, for every currency that it takes', () => {
    const server = ofTheServer();
    expect(server.get('JPY')).toBe(0);
    expect(server.get('KWD')).toBe(3);
    for (const code of currencyValues)
      expect([code, decimalsOf(code)]).toEqual([code, server.get(code) ?? 2]);
  });
});
