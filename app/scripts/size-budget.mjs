// Adds up what the browser loads, gzip 9, by .vite/manifest.json, and compares with budgets.json.
// `node scripts/size-budget.mjs FOLDER` looks at another build than dist/.
// "shell" = the entry and everything it needs before a page; a route = what its page and its texts add to the
// shell.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { textNeeds } from './text-needs.mjs';

const root = new URL('../', import.meta.url);
const read = (name) => readFileSync(new URL(name, root));
const dist = new URL(`${process.argv[2] ?? 'dist'}/`, root);
const built = (name) => readFileSync(new URL(name, dist));
const budgets = JSON.parse(read('budgets.json'));
const manifest = JSON.parse(built('.vite/manifest.json'));

const sizes = new Map();
const gz = (file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(built(file), { level: 9 }).length);
  return sizes.get(file);
};

/** The files of a chunk and of everything that it imports at once. */
function closure(key, seen = new Set(), out = { js: new Set(), css: new Set() }) {
  if (seen.has(key)) return out;
  seen.add(key);
  const chunk = manifest[key];
  if (!chunk) throw new Error(`${key} is not in the manifest`);
  if (chunk.file.endsWith('.js')) out.js.add(chunk.file);
  for (const css of chunk.css ?? []) out.css.add(css);
  for (const next of chunk.imports ?? []) closure(next, seen, out);
  return out;
}

const union = (...sets) => new Set(sets.flatMap((set) => [...set]));
const total = (files) => [...files].reduce((sum, file) => sum + gz(file), 0);

const shellParts = budgets.shell.chunks.map((key) => closure(key));
const shellJs = union(...shellParts.map((part) => part.js));
const shellCss = union(...shellParts.map((part) => part.css));

const rows = [
  ['shell (js)', total(shellJs), budgets.shell.js],
  ['shell (css)', total(shellCss), budgets.shell.css],
];

const { pages: texts } = textNeeds();
const pages = Object.keys(manifest).filter((key) => /^src\/pages\/.*Page\.tsx$/.test(key));
for (const key of pages.sort()) {
  const own = (texts.get(key) ?? []).map((area) => closure(`virtual:texts/en/${area}`).js);
  const added = [...union(closure(key).js, ...own)].filter((file) => !shellJs.has(file));
  rows.push([key.slice('src/pages/'.length), total(added), budgets.pages[key] ?? budgets.page]);
}

for (const [name, { chunks, js }] of Object.entries(budgets.totals)) {
  rows.push([`${name} (all js)`, total(union(...chunks.map((key) => closure(key).js))), js]);
}

let failed = false;
for (const [name, bytes, budget] of rows) {
  const kilobytes = bytes / 1000;
  const over = kilobytes > budget;
  failed ||= over;
  console.log(
    `${over ? 'OVER' : 'ok  '} ${kilobytes.toFixed(1).padStart(7)} of ${String(budget).padStart(3)} kB  ${name}`,
  );
}
if (failed) process.exit(1);
