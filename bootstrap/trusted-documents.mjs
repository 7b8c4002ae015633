// Lists the documents of the console in dist/trusted-documents.json: with MERIDEN_TRUSTED_DOCUMENTS a browser session runs these and
// no others. The documents are asked of the modules that hold them, so the list cannot differ from what the console sends.
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './place.mjs';
import { Problem } from './problem.mjs';

const home = join(root, 'apps/web/src');
const list = join(root, 'dist/trusted-documents.json');
/** Where documents may stand. A document in any other file would be refused in production, so it fails the build here. */
const HOLDER = /^(gql\/[a-z-]+|(consoles\/)?[a-z]+\/([a-z]+-)?documents)\.ts$/;

/** What those modules import: the typed tag, and the texts of the first questions. */
const HELD = ['gql/graphql.ts', 'gql/first-questions.ts'];

/** @returns {Promise<string>} how many there are, in words */
export async function listTrustedDocuments() {
  const paths = readdirSync(home, { withFileTypes: true, recursive: true })
    .filter((item) => item.isFile() && /\.tsx?$/.test(item.name) && !/\.(spec|d)\.tsx?$/.test(item.name))
    .map((item) => join(item.parentPath ?? item.path, item.name).slice(home.length + 1))
    .sort();
  const holders = paths.filter((path) => /\bgraphql\(\s*`/.test(readFileSync(join(home, path), 'utf8')));
  const stray = holders.filter((path) => !HOLDER.test(path));
  if (stray.length > 0) throw new Problem(`GraphQL documents stand in documents.ts or NAME-documents.ts, or in gql/, where the list of trusted documents finds them; not in:\n  ${stray.join('\n  ')}`);
  const { documentHash, isOperation } = await import(pathToFileURL(join(root, 'dist/apps/api/src/graphql/document-hash.js')).href);
  const named = {};
  for (const document of await documentsIn(holders)) {
    if (!isOperation(document)) continue;
    const name = document.definitions.find((definition) => definition.kind === 'OperationDefinition').name?.value;
    if (name === undefined || named[name] !== undefined) throw new Problem(`Each document of the console has a name of its own; ${name ?? 'one'} ${name === undefined ? 'has none' : 'is there twice'}.`);
    named[name] = documentHash(document);
  }
  // An operation that its module keeps to itself would be sent and not be in the list.
  const written = holders.flatMap((path) => [...readFileSync(join(home, path), 'utf8').matchAll(/^\s*(?:graphql\(`)?\s*(?:query|mutation|subscription) (\w+)\s*[({]/gm)].map(([, name]) => name));
  const kept = written.filter((name) => named[name] === undefined);
  if (kept.length > 0) throw new Problem(`These documents of the console are not exported, so no browser could send them in production: ${kept.join(', ')}.`);
  const text = `${JSON.stringify(named, null, 2)}\n`;
  if (!existsSync(list) || readFileSync(list, 'utf8') !== text) {
    writeFileSync(`${list}.${process.pid}`, text);
    renameSync(`${list}.${process.pid}`, list);
  }
  return `${Object.keys(named).length} documents`;
}

/** Every document that these modules export. They import the typed tag and one another, nothing that needs a browser. */
async function documentsIn(paths) {
  const { transform } = await import('@swc/core');
  const folder = join(root, 'dist', `.documents-${process.pid}`);
  try {
    for (const path of new Set([...paths, ...HELD])) {
      const { code } = await transform(readFileSync(join(home, path), 'utf8'), { swcrc: false, configFile: false, filename: path, jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } });
      const target = join(folder, path.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, code);
    }
    const found = new Set();
    for (const path of paths) {
      for (const value of Object.values(await import(pathToFileURL(join(folder, path.replace(/\.ts$/, '.js'))).href))) if (value?.kind === 'Document') found.add(value);
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
