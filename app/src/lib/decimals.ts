/**
 * How many decimals the minor unit of a currency has, by ISO 4217, as the server counts them. Browsers go by what people
 * write there, which is none for some currencies whose unit has two.
 */
const NONE = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '));
const THREE = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

export function decimalsOf(currency: string): number {
  if (NONE.has(currency)) return 0;
  return THREE.has(currency) ? 3 : 2;
}
