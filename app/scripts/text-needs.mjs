// Which texts does a module need, and does everybody who loads it bring them?
//
// From src/main.tsx on: the texts of the shell are always there; an `import()` that is written
// `withTexts(() => import('@/pages/audit/AuditPage'), 'audit')` brings those of the areas that it names, to the module and
// to all that it imports. A text is needed where its id, or the beginning of its family, is written.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { areas, families, locales, shellAreas } from './catalogs.mjs';

const source = fileURLToPath(new URL('../src', import.meta.url));
const name = (file) => relative(source, file);

const staticImport = /^(?:import|export)\s+(?!type\b)(?:[^'"`;]*?\sfrom\s+)?'([^']+)'/gm;
const withTexts = /ithTexts\(\s*\(\) => import\('([^']+)'\)((?:,\s*'\w+')*),?\s*\)/g;
const anyImport = /\bimport\('([^']+)'\)/g;
const comment = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
const quoted = /(['"`])([a-z][A-Za-z]*\.[A-Za-z0-9_.-]*)/g;

function areaOfIds() {
  const found = new Map();
  for (const [area, messages] of areas(locales[0]))
    for (const id of Object.keys(messages)) found.set(id, area);
  return found;
}

function fileOf(specifier, from) {
  if (!/^(@\/|\.)/.test(specifier)) return undefined;
  const base = specifier.startsWith('@/')
    ? resolve(source, specifier.slice(2))
    : resolve(dirname(from), specifier);
  return [base, `${base}.ts`, `${base}.tsx`].find((file) => /\.tsx?$/.test(file) && existsSync(file));
}

/** What a file imports at once and later, and the texts it names: [id, area]. */
function reader() {
  const known = areaOfIds();
  const ids = [...known.keys()];
  const ofFamily = new Map(
    families.map((family) => [
      family,
      new Set(ids.filter((id) => id.startsWith(family)).map((id) => known.get(id))),
    ]),
  );
  const read = new Map();
  return (file) => {
    if (read.has(file)) return read.get(file);
    const text = readFileSync(file, 'utf8').replaceAll(comment, '');
    const later = new Map();
    for (const [, target] of text.matchAll(anyImport)) later.set(target, []);
    for (const [, target, list] of text.matchAll(withTexts)) later.set(target, list.match(/\w+/g) ?? []);
    const needs = [];
    for (const [, , id] of text.matchAll(quoted)) {
      const family = families.find((candidate) => id.startsWith(candidate));
      if (known.has(id)) needs.push([id, known.get(id)]);
      else if (family) for (const area of ofFamily.get(family)) needs.push([`${family}*`, area]);
    }
    const at = (target) => fileOf(target, file);
    const one = {
      needs,
      now: [...text.matchAll(staticImport)].map(([, target]) => at(target)).filter(Boolean),
      later: [...later].map(([target, brought]) => [at(target), brought]).filter(([target]) => target),
    };
    read.set(file, one);
    return one;
  };
}

/** The faults, and per page the areas that it brings. */
export function textNeeds() {
  const read = reader();
  const faults = new Set();
  const seen = new Set();
  const pages = new Map();
  const isArea = new Set(areas(locales[0]).map(([area]) => area));

  const visit = (file, there) => {
    const key = `${file} ${[...there].sort()}`;
    if (seen.has(key)) return;
    seen.add(key);
    const { needs, now, later } = read(file);
    for (const [id, area] of needs) {
      if (there.has(area)) continue;
      const extra =
        [...there].filter((other) => !shellAreas.includes(other)).join(', ') || 'those of the shell';
      faults.add(`${name(file)} uses ${id} of ${area}, but may be loaded with no other texts than ${extra}`);
    }
    for (const target of now) visit(target, there);
    for (const [target, brought] of later) {
      if (/Page\.tsx$/.test(target)) pages.set(`src/${name(target)}`, brought);
      for (const area of brought) {
        if (!isArea.has(area)) faults.add(`${name(file)} brings texts of ${area}, which is no area`);
        else if (shellAreas.includes(area)) faults.add(`${name(file)} brings ${area}, which is always there`);
        else if (!uses(target, area))
          faults.add(`${name(file)} brings ${area}, which ${name(target)} does not use`);
      }
      visit(target, new Set([...there, ...brought]));
    }
  };

  const reach = new Map();
  /** Every file that is reached from one, at once or later. */
  const reached = (file) => {
    if (reach.has(file)) return reach.get(file);
    const all = new Set([file]);
    for (const each of all) {
      const { now, later } = read(each);
      for (const next of [...now, ...later.map(([target]) => target)]) all.add(next);
    }
    reach.set(file, all);
    return all;
  };
  const uses = (file, area) =>
    [...reached(file)].some((each) => read(each).needs.some(([, needed]) => needed === area));

  visit(resolve(source, 'main.tsx'), new Set(shellAreas));
  return { faults: [...faults], pages };
}
