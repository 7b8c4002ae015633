// Build: TypeScript to dist/ with SWC, file by file, only what changed. Same layout and result as `nest build --all -b swc`
// (dist/apps/api/src/main.js, dist/libs/domain/src/index.js), in one pass instead of one per project. Types are checked apart.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './place.mjs';
import { alone } from './lock-file.mjs';
import { EXIT, Problem, entry } from './problem.mjs';
import { bar, step } from './say.mjs';
import { buildConsole } from './build-console.mjs';
import { joinPackages } from './join-packages.mjs';
import { listTrustedDocuments } from './trusted-documents.mjs';

const dist = join(root, 'dist');
const record = join(dist, '.meriden-build');
/** Rooms of the product, and what of test/ runs outside Jest (benchmarks, worker threads, fault campaigns). */
const ROOMS = ['apps/api/src', 'apps/worker/src', 'apps/cli/src', 'libs', 'test'];
const NOT_BUILT = /\.(spec|medium-spec|e2e-spec|browser-spec|faults-spec|tenants-spec)\.ts$|\.d\.m?ts$/;

function* sources(folder) {
  if (!existsSync(join(root, folder))) return;
  for (const item of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${item.name}`;
    if (item.isDirectory()) yield* sources(path);
    else if (/\.ts$/.test(item.name) && !NOT_BUILT.test(item.name)) yield path;
  }
}

const hash = (...parts) => parts.reduce((h, part) => h.update(part).update('\0'), createHash('sha256')).digest('hex').slice(0, 32);

/** What else decides the output: the compiler and its options. Names of our libraries stay as they are; join-packages.mjs stands behind them. */
function settings() {
  const swcrc = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/@swc/core/package.json'), 'utf8'));
  const { exclude: _exclude, ...options } = swcrc;
  return { options, key: hash(JSON.stringify(swcrc), version, readFileSync(new URL(import.meta.url))) };
}

const outputOf = (path) => path.replace(/\.ts$/, '.js');

function readRecord() {
  try {
    return JSON.parse(readFileSync(record, 'utf8'));
  } catch {
    return { key: '', files: {} };
  }
}

async function compile(paths, { options }, onFile) {
  const { transform } = await import('@swc/core');
  const faults = [];
  await Promise.all(paths.map(async ({ path, text }) => {
    const target = join(dist, outputOf(path));
    try {
      const { code, map } = await transform(text, {
        ...options, swcrc: false, configFile: false, sourceMaps: true, filename: join(root, path),
        sourceFileName: relative(dirname(target), join(root, path)), sourceRoot: '',
      });
      mkdirSync(dirname(target), { recursive: true });
      replace(`${target}.map`, map);
      replace(target, `${code}//# sourceMappingURL=${outputOf(path).split('/').at(-1)}.map\n`);
    } catch (error) {
      if (error.code === 'ENOSPC') throw error;
      faults.push(`${path}: ${String(error.message ?? error).split('\n').slice(0, 12).join('\n')}`);
    }
    onFile();
  }));
  if (faults.length > 0) throw new Problem(`The build failed:\n${faults.join('\n')}`);
}

/** In one step, so that a process that reads dist/ meanwhile never meets half a file. */
function replace(file, text) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

/** Deletes what no source stands behind any more. */
function sweep(folder, keep) {
  if (!existsSync(folder)) return true;
  let empty = true;
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    if (item.isDirectory() ? sweep(path, keep) : !keep.has(path)) {
      if (!item.isDirectory()) rmSync(path, { force: true });
    } else empty = false;
  }
  if (empty) rmdirSync(folder);
  return empty;
}

/** `@meriden/persistence/reads` and the built file behind it. */
function doorsOf(paths) {
  return paths.flatMap((path) => {
    const [, library, door] = /^libs\/([^/]+)\/src\/(index|reads)\.ts$/.exec(path) ?? [];
    return library === undefined ? [] : [{ specifier: `@meriden/${library}${door === 'index' ? '' : `/${door}`}`, file: join(dist, outputOf(path)) }];
  });
}

/**
 * Brings dist/ up to date.
 * @returns {Promise<{files: number, changed: number, libraries: {doors: {specifier: string, file: string}[], key: string}}>} `key` tells one state of our libraries from another
 */
export async function build(note = () => {}) {
  const paths = ROOMS.flatMap((room) => [...sources(room)]).sort();
  const { options, key } = settings();
  const before = readRecord();
  const known = before.key === key ? before.files : {};
  const read = paths.map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, text, hash: hash(text) };
  });
  const changed = read.filter(({ path, hash: now }) => known[path] !== now || [outputOf(path), `${outputOf(path)}.map`].some((file) => !existsSync(join(dist, file))));
  const gone = Object.keys(known).some((path) => !paths.includes(path));
  const libraries = { doors: doorsOf(paths), key: hash(key, ...read.filter(({ path }) => path.startsWith('libs/')).flatMap(({ path, hash: now }) => [path, now])) };
  if (changed.length === 0 && !gone && before.key === key) return { files: paths.length, changed: 0, libraries };
  rmSync(record, { force: true });
  let done = 0;
  await compile(changed, { options }, () => note(`compiling ${bar(++done, changed.length)}`));
  const keep = new Set(paths.flatMap((path) => [join(dist, outputOf(path)), join(dist, `${outputOf(path)}.map`)]));
  for (const top of ['apps/api', 'apps/worker', 'apps/cli', 'libs', 'test']) sweep(join(dist, top), keep);
  mkdirSync(dist, { recursive: true });
  replace(record, JSON.stringify({ key, files: Object.fromEntries(read.map(({ path, hash: now }) => [path, now])) }));
  return { files: paths.length, changed: changed.length, libraries };
}

const oneAtATime = (work, note) =>
  alone(join(root, '.meriden-build.lock'), work, { onWait: (holder) => note(`waiting for process ${holder.pid}, which is building`) });

/** Builds when sources changed; waits for another process that is at it. The console only where somebody will look at it. */
export async function ensureBuilt({ withConsole = false } = {}) {
  await step('build', (note) =>
    oneAtATime(async () => {
      const { files, changed, libraries } = await build(note);
      await joinPackages(note, libraries);
      // Quick, and wanted by an API without a console too: it is what browsers may ask.
      await listTrustedDocuments();
      return changed === 0 ? `${files} files up to date` : `${changed} of ${files} files compiled`;
    }, note),
  );
  if (withConsole) await step('console', (note) => oneAtATime(() => buildConsole(note), note));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { ensureInstalled } = await import('./install.mjs');
  await entry(async () => {
    await ensureInstalled();
    await ensureBuilt({ withConsole: true });
    return EXIT.done;
  });
}
