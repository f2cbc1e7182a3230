import { emailsOf, isAddress } from '@/lib/addresses';

export interface Address {
  email: string;
  /** The role that stood beside it, if it is the name of one. */
  roleId: string | undefined;
}

export interface Addresses {
  good: Address[];
  /** Pieces that are no address. */
  wrong: string[];
  /** How often an address stood there again. */
  twice: number;
}

/** The server takes a hundred at once. */
export const MOST = 100;

/**
 * What one pastes from a mail, a list or a spreadsheet: addresses parted by blanks, commas, semicolons or lines, alone or
 * as `Name <address>`. In a line with one address the other cells may name its role.
 */
export function parseAddresses(text: string, roles: readonly { id: string; name: string }[] = []): Addresses {
  const found: Addresses = { good: [], wrong: [], twice: 0 };
  const seen = new Set<string>();
  for (const line of text.split(/[\r\n;]+/)) readLine(line, roles, found, seen);
  return found;
}

function readLine(
  line: string,
  roles: readonly { id: string; name: string }[],
  found: Addresses,
  seen: Set<string>,
): void {
  const cells = line
    .split(/[,\t]/)
    .map((cell) => cell.trim())
    .filter(Boolean);
  const read = cells.map((cell) => ({ cell, emails: emailsOf(cell) }));
  const count = read.reduce((sum, { emails }) => sum + emails.length, 0);
  const role = count === 1 ? roles.find(({ name }) => cells.some((cell) => same(cell, name))) : undefined;
  for (const { cell, emails } of read) {
    for (const email of emails) {
      if (!isAddress(email)) found.wrong.push(email);
      else if (seen.has(email)) found.twice += 1;
      else {
        seen.add(email);
        found.good.push({ email, roleId: role?.id });
      }
    }
    // A cell beside an address is a name or a role; alone it was meant to be an address.
    if (emails.length === 0 && count === 0) found.wrong.push(cell);
  }
}

const same = (a: string, b: string) => a.toLocaleLowerCase() === b.toLocaleLowerCase();
