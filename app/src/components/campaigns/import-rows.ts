import type { ImportContact } from '@/api/schema';
import { fromCsv } from '@/lib/csv';

/** The server takes this many rows at once; more go one batch after the other. */
export const BATCH = 1_000;

const plain = (text: string) => text.toLowerCase().replace(/[\s_-]/g, '');

const heads = {
  email: ['email', 'emailaddress', 'mail', 'इमेल', 'इमेलठेगाना'],
  firstName: ['firstname', 'givenname', 'नाम', 'पहिलोनाम'],
  lastName: ['lastname', 'surname', 'familyname', 'थर'],
};

type Places = Record<keyof typeof heads, number>;

/** Where the columns are: as a first line names them, or after the address where none does. */
function placesOf(first: readonly string[]): Places & { named: boolean } {
  const at = (names: readonly string[]) => first.findIndex((cell) => names.includes(plain(cell)));
  const email = at(heads.email);
  if (email >= 0) return { email, firstName: at(heads.firstName), lastName: at(heads.lastName), named: true };
  const address = Math.max(
    0,
    first.findIndex((cell) => cell.includes('@')),
  );
  return address === 0
    ? { email: 0, firstName: 1, lastName: 2, named: false }
    : { email: address, firstName: 0, lastName: address > 1 ? 1 : -1, named: false };
}

/** `Asha Rai <asha@example.com>`, as mail programs copy it. */
function bracketed(cell: string): ImportContact | undefined {
  const [, name = '', email] = /^"?([^"<]*?)"?\s*<([^<>]+)>$/.exec(cell) ?? [];
  if (email === undefined) return undefined;
  const [firstName = '', ...others] = name.trim().split(/\s+/);
  return { email: email.trim(), ...named(firstName, others.join(' ')) };
}

const named = (firstName: string | undefined, lastName: string | undefined) => ({
  ...(firstName && { firstName }),
  ...(lastName && { lastName }),
});

/** What one pastes from a spreadsheet or a mail, row by row. Which of them are right, the server says. */
export function importRows(text: string): ImportContact[] {
  const [first, ...others] = fromCsv(text);
  if (!first) return [];
  const { named: hasHead, ...places } = placesOf(first);
  return (hasHead ? others : [first, ...others]).map((cells) => {
    const cell = (place: number) => clean(cells[place] ?? '');
    const whole = cells.filter(Boolean).length === 1 ? bracketed(cell(places.email)) : undefined;
    return whole ?? { email: cell(places.email), ...named(cell(places.firstName), cell(places.lastName)) };
  });
}

/** Control characters are in no name; a line break inside of quotes is a blank. */
const clean = (cell: string) =>
  [...cell]
    .map((char) => (char < ' ' ? ' ' : char))
    .join('')
    .trim();

/** The rows in the batches that are sent. */
export function batches(rows: readonly ImportContact[]): ImportContact[][] {
  const count = Math.ceil(rows.length / BATCH);
  return Array.from({ length: count }, (_, index) => rows.slice(index * BATCH, (index + 1) * BATCH));
}
