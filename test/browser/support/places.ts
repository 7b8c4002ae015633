import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@meriden/platform';

type RoleName = 'LEARNER' | 'EMPLOYER' | 'PROVIDER_STAFF' | 'OPERATOR' | 'REGION';
const ROLE_OF: Readonly<Record<string, readonly RoleName[]>> = { learner: ['LEARNER'], employer: ['EMPLOYER'], college: ['PROVIDER_STAFF'], operator: ['OPERATOR'], region: ['REGION'], '[...operator, ...region]': ['OPERATOR', 'REGION'], '[]': [], staff: ['EMPLOYER', 'PROVIDER_STAFF', 'OPERATOR', 'REGION'], everybody: ['LEARNER', 'EMPLOYER', 'PROVIDER_STAFF', 'OPERATOR', 'REGION'] };

/** The router's own table, read as text: a place that is added there is tested here. Those with a parameter are reached by links. */
function table(): readonly Readonly<{ path: string; roles: readonly RoleName[]; page: string }>[] {
  const text = readFileSync(join(projectRoot(), 'apps/web/src/shell/places.ts'), 'utf8');
  const rows = [...text.matchAll(/\{ path: '([^']+)', roles: (\[[^\]]*\]|\w+), .*?page: \(\) => import\('\.\.?\/([^']+)\.js'\) \}/g)];
  return rows.map(([, path = '', roles = '', page = '']) => {
    const known = ROLE_OF[roles];
    if (known === undefined) throw new Error(`places.ts names the roles ${roles}, which this test does not know`);
    return { path, roles: known, page: `src/${page.startsWith('consoles/') ? '' : 'shell/'}${page}.tsx` };
  });
}

const PLACES = table().filter(({ path }) => !path.includes('$') && path !== '/kitchen-sink');

export const PUBLIC_PLACES: readonly string[] = PLACES.filter(({ roles }) => roles.length === 0).map(({ path }) => path);

const of = (role: RoleName) => PLACES.filter(({ roles }) => roles.includes(role));
export const PLACES_BY_ROLE: Readonly<Record<RoleName, readonly string[]>> = {
  LEARNER: of('LEARNER').map(({ path }) => path),
  EMPLOYER: of('EMPLOYER').map(({ path }) => path),
  PROVIDER_STAFF: of('PROVIDER_STAFF').map(({ path }) => path),
  OPERATOR: of('OPERATOR').map(({ path }) => path),
  REGION: of('REGION').map(({ path }) => path),
};

const pageOf = (path: string): string => PLACES.find((place) => place.path === path)?.page ?? path;
/** The file of the page that each role sees first. */
export const HOME_OF: Readonly<Record<RoleName, string>> = { LEARNER: pageOf('/me'), EMPLOYER: pageOf('/hire'), PROVIDER_STAFF: pageOf('/cohorts'), OPERATOR: pageOf('/rounds'), REGION: pageOf('/region') };
