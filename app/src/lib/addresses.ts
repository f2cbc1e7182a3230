const ADDRESS = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]{2,}$/;

export const isAddress = (text: string): boolean => ADDRESS.test(text);

/** The pieces of a text that were meant to be addresses: alone, several, or as `Name <address>`. */
export function emailsOf(cell: string): string[] {
  const bracketed = /<([^<>]*)>/.exec(cell)?.[1];
  const pieces = bracketed === undefined ? cell.split(/\s+/) : [bracketed];
  return pieces.map((piece) => piece.trim().toLowerCase()).filter((piece) => piece.includes('@'));
}

export interface ReadAddresses {
  /** Each once, as it was typed first. */
  good: string[];
  /** Pieces that are no address. */
  wrong: string[];
}

/** Receivers of a mail as one types or pastes them: parted by commas, semicolons, blanks or lines. */
export function readAddresses(text: string): ReadAddresses {
  const good = new Set<string>();
  const wrong: string[] = [];
  for (const cell of text.split(/[\r\n,;]+/)) {
    const emails = emailsOf(cell);
    if (emails.length === 0 && cell.trim() !== '') wrong.push(cell.trim());
    for (const email of emails) {
      if (isAddress(email)) good.add(email);
      else wrong.push(email);
    }
  }
  return { good: [...good], wrong };
}
