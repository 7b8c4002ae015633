import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@meriden/platform';
import { buildSchema, isEnumType } from 'graphql';

/** The roles there are, from the schema: a new one has to be looked at by the tests too. */
export const ROLES: readonly string[] = (() => {
  const type = buildSchema(readFileSync(join(projectRoot(), 'apps/api/schema.graphql'), 'utf8')).getType('Role');
  if (!isEnumType(type)) throw new Error('the schema has no enum Role');
  return type.getValues().map(({ name }) => name);
})();

export type Place = Readonly<{ path: string; roles: readonly string[]; title: string; menu: number | null; page: string }>;

const read = (path: string): string => readFileSync(join(projectRoot(), 'apps/web/src/shell', path), 'utf8');

/** The router's own table, read as text: a place that is added there is tested here. */
export const PLACES: readonly Place[] = (() => {
  const table = read('places.ts');
  const groups = new Map([...table.matchAll(/^const (\w+): readonly Role\[\] = \[([^\]]*)\];/gm)].map(([, name = '', roles = '']) => [name, names(roles)]));
  const words = new Map([...read('words.ts').matchAll(/^ {2}(\w+): '([^']+)',/gm)].map(([, key = '', word = '']) => [key, word]));
  const rolesOf = (text: string): readonly string[] => {
    const parts = text.startsWith('[') ? [...text.matchAll(/\.\.\.(\w+)/g)].map(([, name = '']) => name) : [text];
    return parts.flatMap((name) => groups.get(name) ?? []);
  };
  const lines = table.split('\n').filter((line) => line.trimStart().startsWith("{ path: '") && !line.includes('/kitchen-sink'));
  return lines.map((line) => {
    const [, path, roles, title, page] = /path: '([^']+)', roles: (\[[^\]]*\]|\w+), title: word\('(\w+)'\),.*import\('\.\.?\/([^']+)\.js'\)/.exec(line) ?? [];
    if (path === undefined || roles === undefined || title === undefined || page === undefined) throw new Error(`places.ts has a line that this test cannot read: ${line}`);
    const who = rolesOf(roles);
    if (roles !== '[]' && (who.length === 0 || who.some((role) => !ROLES.includes(role)))) throw new Error(`${path} is for ${roles}, which the schema does not know`);
    return { path, roles: who, title: words.get(title) ?? title, menu: menuOf(line), page: `src/${page.startsWith('consoles/') ? '' : 'shell/'}${page}.tsx` };
  });
})();

function menuOf(line: string): number | null {
  const [, position] = / menu: (\d+)/.exec(line) ?? [];
  return position === undefined ? null : Number(position);
}

function names(list: string): readonly string[] {
  return [...list.matchAll(/'(\w+)'/g)].map(([, name = '']) => name);
}

export const placesOf = (role: string): readonly Place[] => PLACES.filter(({ roles }) => roles.includes(role));
/** Where a role starts: the first place of its menu. */
export function homeOf(role: string): Place {
  const [home] = placesOf(role).filter(({ menu }) => menu !== null).sort((a, b) => Number(a.menu) - Number(b.menu));
  if (home === undefined) throw new Error(`the role ${role} has no menu`);
  return home;
}
export const PUBLIC_PLACES: readonly Place[] = PLACES.filter(({ roles }) => roles.length === 0);

/**
 * Places that ask for nothing: prose, and forms whose first question is what is sent. Everywhere else a page that asks nothing is at
 * fault, and one of these that begins to ask has to leave this list, so that its states are looked at.
 */
export const ASKS_NOTHING: ReadonlySet<string> = new Set(['/', '/sign-in', '/forgot', '/reset/$token', '/how-matching-works', '/accessibility', '/privacy', '/help']);
