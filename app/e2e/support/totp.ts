import { createHmac } from 'node:crypto';

const STEP = 30_000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function fromBase32(text: string): Buffer {
  const bits = [...text.replace(/[\s=]/g, '').toUpperCase()]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** RFC 6238: six digits by HMAC-SHA-1 over the number of the step. */
export function totp(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/**
 * Somebody's telephone. The server takes the code of the running step and of the one before, each once, so two codes
 * are at hand at any time; a third one has to be waited for, like in life.
 */
export class Telephone {
  readonly #secret: string;
  #used = 0;

  constructor(secret: string) {
    this.#secret = secret;
  }

  async code(): Promise<string> {
    const now = () => Math.floor(Date.now() / STEP);
    const step = Math.max(this.#used + 1, now() - 1);
    while (step > now()) {
      await new Promise((resolve) => setTimeout(resolve, STEP - (Date.now() % STEP) + 50));
    }
    // A code of the step before must not grow old on its way.
    const left = STEP - (Date.now() % STEP);
    this.#used = step < now() && left < 2_000 ? now() : step;
    return totp(this.#secret, this.#used);
  }

  /** A code that nobody's telephone shows. */
  wrong(): string {
    const shown = [-1, 0, 1].map((ahead) => totp(this.#secret, Math.floor(Date.now() / STEP) + ahead));
    return ['000000', '111111', '222222', '333333'].find((code) => !shown.includes(code)) ?? '444444';
  }
}
