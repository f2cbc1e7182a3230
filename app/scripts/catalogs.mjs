// Reads the catalogs of src/i18n: one JSON file per language and area, `{ "area.thing": "text in ICU form" }`.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const folder = fileURLToPath(new URL('../src/i18n/', import.meta.url));
export const locales = ['en', 'ne'];

/** Every area file of a language, as [area, messages]. */
export function areas(locale) {
  const names = readdirSync(`${folder}${locale}`).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => {
    const messages = JSON.parse(readFileSync(`${folder}${locale}/${name}`, 'utf8'));
    return [name.slice(0, -'.json'.length), messages];
  });
}

/** All messages of a language, but for some areas. */
export function catalog(locale, omitted = []) {
  const kept = areas(locale).filter(([area]) => !omitted.includes(area));
  return Object.assign({}, ...kept.map(([, messages]) => messages));
}
