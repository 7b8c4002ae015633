// Builds the console (apps/web) to dist/web with Vite, when anything it is made of has changed, and packs its files once as small as they get.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { root } from './place.mjs';
import { run } from './processes.mjs';
import { Problem, diskFull, looksLikeFullDisk } from './problem.mjs';

const home = join(root, 'apps/web');
const output = join(root, 'dist/web');
const record = join(root, 'dist/.meriden-console');
const NOT_PART_OF_IT = /\.spec\.tsx?$/;

/** Text; fonts are packed in themselves, and the manifest is for the tests alone. */
const PACKED = new Set(['.css', '.geojson', '.html', '.js', '.svg']);
/** How it is packed counts as well: a build of before has no packed files, or others. */
const PACKING = 'brotli 11, gzip 9';
const [brotliPacked, gzipPacked] = [promisify(brotliCompress), promisify(gzip)];

/** Its own files, the one library it may know, and the packages. */
function fingerprint() {
  const hash = createHash('sha256').update(PACKING).update(readFileSync(join(root, 'package-lock.json')));
  for (const folder of [home, join(root, 'libs/matching/src')]) {
    for (const path of filesIn(folder)) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((item) => item.isFile() && !NOT_PART_OF_IT.test(item.name))
    .map((item) => join(item.parentPath ?? item.path, item.name))
    .sort();
}

/** @returns {Promise<string>} what was done, in words */
export async function buildConsole(note) {
  const now = fingerprint();
  if (existsSync(join(output, 'index.html')) && existsSync(record) && readFileSync(record, 'utf8') === now) return 'up to date';
  note('bundling');
  const draft = `${output}.new-${process.pid}`;
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const result = await run(process.execPath, [vite, 'build', '--config', join(home, 'vite.config.ts'), '--outDir', draft, '--emptyOutDir', '--logLevel', 'error'], { cwd: home, timeoutMs: 300_000 });
  if (result.code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    const text = `${result.stderr}\n${result.stdout}`.trim();
    throw looksLikeFullDisk(text) ? diskFull(root, 'building the console') : new Problem(`The console does not build:\n${text.split('\n').slice(0, 30).join('\n')}`);
  }
  note('packing');
  await Promise.all(filesIn(draft).filter((path) => PACKED.has(extname(path))).map(pack));
  rmSync(output, { recursive: true, force: true });
  renameSync(draft, output);
  writeFileSync(record, now);
  return 'bundled';
}

/** Beside the file, with `.br` and `.gz` after its name: the API sends them to those who unpack them. */
async function pack(path) {
  const plain = readFileSync(path);
  const brotli = brotliPacked(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } });
  const zipped = gzipPacked(plain, { level: constants.Z_BEST_COMPRESSION });
  writeFileSync(`${path}.br`, await brotli);
  writeFileSync(`${path}.gz`, await zipped);
}
