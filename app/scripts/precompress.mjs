// Puts a .br and a .gz beside every text file of dist/, so that the server never compresses at run time.
// `node scripts/precompress.mjs FOLDER` does it in another folder. index.html is left out: the server writes a nonce into it.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = new URL('../', import.meta.url);
const dist = fileURLToPath(new URL(`${process.argv[2] ?? 'dist'}/`, root));
const worth = /\.(js|css|svg|json|webmanifest|txt|map)$/;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

let saved = 0;
for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
  const inHiddenFolder = entry.parentPath.includes('/.vite');
  if (!entry.isFile() || !worth.test(entry.name) || inHiddenFolder) continue;
  const path = join(entry.parentPath, entry.name);
  const bytes = await readFile(path);
  if (bytes.length < 512) continue;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const [br, gz] = await Promise.all([brotli(bytes, { params }), zip(bytes, { level: 9 })]);
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
  saved += bytes.length - br.length;
}
console.log(`precompressed: ${Math.round(saved / 1024)} kB less to send`);
