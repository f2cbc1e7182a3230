// Reads the catalogs of src/i18n: one JSON file per language and area, `{ "area.thing": "text in ICU form" }`.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const folder = fileURLToPath(new URL('../src/i18n/', import.meta.url));
export const locales = ['en', 'ne'];

/** What every page needs; together they are one file of a language. Every other area is a file of its own. */
export const shellAreas = ['nav', 'patterns', 'problem', 'rights', 'shell'];

/** Areas that are on no page of the production build. */
export const developmentAreas = ['kit'];

/** How ids begin that are made from values of the API. */
export const families = JSON.parse(readFileSync(`${folder}families.json`, 'utf8'));

/** Every area file of a language, as [area, messages]. */
export function areas(locale) {
  const names = readdirSync(`${folder}${locale}`).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => {
    const messages = JSON.parse(readFileSync(`${folder}${locale}/${name}`, 'utf8'));
    return [name.slice(0, -'.json'.length), messages];
  });
}

/** The messages of a language: all, or those of some areas. */
export function catalog(locale, wanted) {
  const kept = areas(locale).filter(([area]) => wanted === undefined || wanted.includes(area));
  return Object.assign({}, ...kept.map(([, messages]) => messages));
}
