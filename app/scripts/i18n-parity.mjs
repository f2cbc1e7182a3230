// English and Nepali have the same ids with the same placeholders; every id that the source names exists; none is left
// over; and everything that comes later brings the texts it uses (text-needs.mjs). An id is written out in the source (`'auth.signIn'`), or made from a family that is declared in
// src/i18n/families.json (`"problem."`: the ids that begin so are made from values of the API).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { areas, catalog, families, locales } from './catalogs.mjs';
import { textNeeds } from './text-needs.mjs';

const source = fileURLToPath(new URL('../src/', import.meta.url));
const faults = [];

/** The names of a message's placeholders, and the tags of its elements. */
function placeholders(text) {
  const names = new Set();
  const visit = (tokens) => {
    if (!Array.isArray(tokens)) return;
    for (const token of tokens) {
      if (!Array.isArray(token)) continue;
      names.add(token[0]);
      const choices = token[2];
      if (choices && typeof choices === 'object') Object.values(choices).forEach(visit);
    }
  };
  visit(compileMessage(text));
  for (const [, tag] of text.matchAll(/<(\w+)\/?>/g)) names.add(`<${tag}>`);
  return [...names].sort().join(' ');
}

for (const locale of locales) {
  const seen = new Map();
  for (const [area, messages] of areas(locale)) {
    for (const [id, text] of Object.entries(messages)) {
      if (seen.has(id)) faults.push(`${locale}/${area}: ${id} is in ${seen.get(id)} too`);
      seen.set(id, area);
      if (typeof text !== 'string' || text.trim() === '') faults.push(`${locale}/${area}: ${id} is empty`);
    }
  }
}

const [en, ne] = locales.map((locale) => catalog(locale));
for (const id of Object.keys(en)) if (!(id in ne)) faults.push(`ne lacks ${id}`);
for (const id of Object.keys(ne)) if (!(id in en)) faults.push(`en lacks ${id}`);
for (const id of Object.keys(en)) {
  if (!(id in ne)) continue;
  const [left, right] = [placeholders(en[id]), placeholders(ne[id])];
  if (left !== right) faults.push(`${id}: en has "${left}", ne has "${right}"`);
}

const areaNames = new Set(Object.keys(en).map((id) => id.split('.')[0]));
const literal = /(['"`])([a-z][A-Za-z]*(?:\.[A-Za-z0-9_-]+)+)\1/g;
const texts = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
  .filter((entry) => !entry.parentPath.endsWith('src/api'))
  .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')]);

const used = new Set();
for (const [name, text] of texts) {
  for (const [, , id] of text.matchAll(literal)) {
    used.add(id);
    const asId = new RegExp(
      `(?:\\bid[:=]\\s*\\{?|\\bt\\(|[Ll]abel(?:Id)?[:=]\\s*)['"\`]${id.replaceAll('.', '\\.')}['"\`]`,
    );
    if (areaNames.has(id.split('.')[0]) && !(id in en) && asId.test(text))
      faults.push(`${name} uses ${id}, which no catalog has`);
  }
}
for (const id of Object.keys(en)) {
  if (!used.has(id) && !families.some((family) => id.startsWith(family)))
    faults.push(`${id} is used nowhere`);
}

faults.push(...textNeeds().faults);

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`${Object.keys(en).length} messages in ${locales.join(' and ')}`);
