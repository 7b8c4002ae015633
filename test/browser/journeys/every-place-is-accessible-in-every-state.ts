import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot } from '@meriden/platform';
import { REFUSED } from '../../e2e/support/graphql-client.js';
import { look } from '../support/look.js';
import { PUBLIC_PLACES, ROLES, homeOf, placesOf, type Place } from '../support/places.js';
import type { Stage } from '../support/stage.js';

const INVITED = 'invited@demo.example';
const INVITE = `mutation ($input: InvitePersonInput!) { invitePerson(input: $input) { __typename ${REFUSED} } }`;
const BUDGET = 195 * 1024;
/** Half a minute a role on a quiet machine, far more on one full of tests. */
const PATIENCE_MS = 600_000;
const ACCOUNTS = { LEARNER: 'learner', EMPLOYER: 'employer2', PROVIDER_STAFF: 'college', OPERATOR: 'operator', REGION: 'region' } as const;
const accountOf = (role: string): (typeof ACCOUNTS)[keyof typeof ACCOUNTS] => {
  const account = ACCOUNTS[role as keyof typeof ACCOUNTS];
  if (account === undefined) throw new Error(`tell this test with which account the role ${role} is looked at`);
  return account;
};

/** What is wrong is told as sentences, so that one run names all of it. */
export function everyPlaceInEveryState(stage: Stage): void {
  describe('every place of the console', () => {
    const seen = new Set<Place>();
    it('that is public has no violation of axe, wide, at 320 pixels, dark and in forced colours', async () => {
      const college = await stage.client('college2');
      await college.do(INVITE, { input: { idempotencyKey: randomUUID(), email: INVITED, role: 'PROVIDER_STAFF' } });
      const visitor = await stage.visitor();
      const known = { '/accept/$token': await stage.linkFor(INVITED), '/reset/$token': '/reset/a-token-of-nobody' };
      expect(await look(visitor, PUBLIC_PLACES, { known })).toEqual([]);
      await visitor.leave();
    }, PATIENCE_MS);

    it.each(ROLES)('of %s has none filled, stale, empty, loading or failed, shows its heading and a row, and a reference where it failed', async (role) => {
      const person = await stage.signedIn(accountOf(role));
      const places = placesOf(role);
      expect(places.length).toBeGreaterThan(1);
      expect(await look(person, places, { seen })).toEqual([]);
      for (const place of places) seen.add(place);
      expect(person.complaints).toEqual([]);
      await person.leave();
    }, PATIENCE_MS);

    it.each(ROLES)('that %s goes to by the menu takes the focus to its heading', async (role) => {
      const person = await stage.signedIn(accountOf(role));
      const home = homeOf(role);
      await person.open(home.path);
      for (const { title } of placesOf(role).filter((place) => place.menu !== null && place !== home)) {
        await person.click(person.page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: title, exact: true }));
        await person.heading(title);
        await person.page.locator('h1:focus').waitFor();
      }
      // From there a keyboard finds something with a ring round it.
      await person.press('Tab');
      expect(await person.page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none');
      await person.leave();
    });

    it.each(ROLES)('that %s sees first brings at most 195 KB of packed script', (role) => {
      expect(packedScripts(homeOf(role).page)).toBeLessThanOrEqual(BUDGET);
    });
  });
}

type Chunk = Readonly<{ file: string; imports?: readonly string[] }>;

/** Bytes of script, packed, that a first visit to a page loads: the first script, the frame, the page, and all they import. */
function packedScripts(page: string): number {
  const folder = join(projectRoot(), 'dist/web');
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
  const wanted = new Set<string>();
  const take = (key: string): void => {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`the console's manifest does not know ${key}`);
    if (wanted.has(chunk.file)) return;
    wanted.add(chunk.file);
    for (const next of chunk.imports ?? []) take(next);
  };
  take('index.html');
  take('src/shell/start.tsx');
  take(page);
  return [...wanted].filter((file) => file.endsWith('.js')).reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
}
