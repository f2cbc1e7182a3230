/** Somebody who was picked while writing: the box shows `@Name`, the wire says who that is. */
export interface Mentioned {
  id: string;
  name: string;
}

const WIRE = /@\[([^\]\n]+)\]\(([0-9a-fA-F-]{36})\)/g;

/** Brackets and line breaks would end a name on the wire. */
export const plainName = (name: string) => name.replace(/[[\]()\n]/g, ' ').trim();

/** `@[Sita Rai](id)` -> `@Sita Rai`, and who that was. */
export function toBox(body: string): { text: string; mentioned: Mentioned[] } {
  const mentioned: Mentioned[] = [];
  const text = body.replace(WIRE, (_, name: string, id: string) => {
    if (!mentioned.some((known) => known.id === id)) mentioned.push({ id, name });
    return `@${name}`;
  });
  return { text, mentioned };
}

/** The way back. Longer names first, so that `@Sita Rai` does not become a mention of a `Sita`. */
export function toWire(text: string, mentioned: readonly Mentioned[]): string {
  const known = mentioned.toSorted((a, b) => b.name.length - a.name.length);
  let wire = '';
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const found = known.find(({ name }) => rest.startsWith(`@${name}`));
    wire += found ? `@[${found.name}](${found.id})` : text[at];
    at += found ? found.name.length + 1 : 1;
  }
  return wire;
}

/** The `@` and the letters after it that the cursor stands behind; nothing if one is not just mentioning somebody. */
export function mentionAt(text: string, cursor: number): { from: number; query: string } | undefined {
  const found = /(?:^|[\s(])@([\p{L}\p{M}\p{N}.' -]{0,30})$/u.exec(text.slice(0, cursor));
  if (!found) return undefined;
  const query = found[1] ?? '';
  return { from: cursor - query.length - 1, query };
}

const MOST_SHOWN = 6;

/** Who may be meant: those of whose names a word begins with what was typed. */
export function candidates<P extends { name: string; email: string }>(
  people: readonly P[],
  query: string,
): P[] {
  const wanted = query.trim().toLocaleLowerCase();
  // After a name and a blank one goes on writing.
  if (query.startsWith(' ')) return [];
  return people
    .filter(({ name, email }) => {
      const full = name.toLocaleLowerCase();
      return full.startsWith(wanted) || full.includes(` ${wanted}`) || email.startsWith(wanted);
    })
    .slice(0, MOST_SHOWN);
}
