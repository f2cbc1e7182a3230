const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

/** Domains as one writes them: with an @, in capitals, parted by whatever. */
export function parseDomains(text: string): { good: string[]; wrong: string[] } {
  const pieces = text
    .split(/[\s,;]+/)
    .map((piece) => piece.replace(/^.*@/, '').toLowerCase())
    .filter(Boolean);
  const unique = [...new Set(pieces)];
  return {
    good: unique.filter((piece) => DOMAIN.test(piece)),
    wrong: unique.filter((piece) => !DOMAIN.test(piece)),
  };
}
