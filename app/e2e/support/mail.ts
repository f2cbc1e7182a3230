import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { place } from './place';

export interface Mail {
  to: string[];
  subject: string;
  text: string;
}

const read = new Map<string, Mail>();

/** Every mail to this address so far, oldest first. A file appears whole, and is never changed. */
export function mailsTo(address: string): Mail[] {
  const files = readdirSync(place.mails).filter((file) => file.endsWith('.json'));
  const mails = files.sort().map((file) => {
    const path = join(place.mails, file);
    // The stage writes these files; their form is its contract.
    const mail = read.get(path) ?? (JSON.parse(readFileSync(path, 'utf8')) as Mail);
    read.set(path, mail);
    return mail;
  });
  return mails.filter(({ to }) => to.includes(address));
}

/** The newest link to a page of the app, as it stands in a mail: path and token. Waits for it. */
export async function mailedLink(address: string, page: string): Promise<string> {
  const links = () =>
    mailsTo(address).flatMap(({ text }) => text.match(new RegExp(`/${page}#token=[\\w.~%=-]+`, 'g')) ?? []);
  await expect
    .poll(() => links().length, { message: `a mail to ${address} with a link to ${page}`, intervals: [50] })
    .toBeGreaterThan(0);
  return links().at(-1) ?? '';
}

export async function mailedToken(address: string, page: string): Promise<string> {
  return (await mailedLink(address, page)).split('#token=')[1] ?? '';
}
