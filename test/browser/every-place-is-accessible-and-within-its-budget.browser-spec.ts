import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { projectRoot } from '@meriden/platform';
import type { Browser, Page } from 'playwright-core';
import { HOME_OF, PLACES_BY_ROLE, PUBLIC_PLACES } from './support/places.js';
import { startMeriden, type Meriden } from '../e2e/support/meriden.js';
import { launchChromium } from './support/chromium.js';
import { Person } from './support/person.js';

const BUDGET = 250 * 1024;
/** For all places of one role: axe takes its time on a busy machine, and what is cut off goes on in the browser. */
const SWEEP_MS = 400_000;
const ACCOUNTS = { LEARNER: 'learner', EMPLOYER: 'employer', PROVIDER_STAFF: 'college', OPERATOR: 'operator', REGION: 'region' } as const;

describe('every place of the console', () => {
  let meriden: Meriden;
  let browser: Browser;
  beforeAll(async () => {
    [meriden, browser] = await Promise.all([startMeriden(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await meriden?.end();
  });

  it('that is public has no violation of axe, wide and at 320 pixels', async () => {
    const visitor = await Person.arrive(browser, meriden.origin);
    expect(await faultsOf(visitor, PUBLIC_PLACES)).toEqual([]);
    await visitor.leave();
  }, SWEEP_MS);

  it.each(Object.entries(ACCOUNTS))('of %s has no violation of axe, wide, at 320 pixels, dark and in forced colours', async (role, name) => {
    const person = await Person.arrive(browser, meriden.origin);
    await person.signIn(meriden.account(name), meriden.password);
    expect(await faultsOf(person, PLACES_BY_ROLE[role as keyof typeof ACCOUNTS])).toEqual([]);
    expect(person.complaints).toEqual([]);
    await person.leave();
  }, SWEEP_MS);

  it.each(Object.entries(HOME_OF))('that %s sees first brings at most 250 KB of packed script', (_role, page) => {
    expect(packedScripts(page)).toBeLessThanOrEqual(BUDGET);
  });

  it('of another role says whose page it is, and to the signed out only offers to sign in', async () => {
    const learner = await Person.arrive(browser, meriden.origin);
    await learner.open('/rounds');
    await learner.heading('Sign in');
    await learner.signIn(meriden.account('learner2'), meriden.password);
    await learner.open('/rounds');
    await learner.sees('This page is for: Operator');
    await learner.leave();
  });

  it('tells what is safe when the service is gone, with a reference, and keeps what was typed', async () => {
    const person = await Person.arrive(browser, meriden.origin);
    await person.open('/sign-in');
    await person.fill(person.page.getByLabel('E-mail address'), 'somebody@demo.example');
    await person.fill(person.page.getByLabel('Password', { exact: true }), 'a long password');
    await person.context.setOffline(true);
    await person.press('Enter');
    await person.page.locator('[data-reference]').waitFor();
    await person.sees(/You are offline/);
    expect(await person.page.getByLabel('E-mail address').inputValue()).toBe('somebody@demo.example');
    await person.leave();
  });
});

/** Colours alone change between the looks of one width, so only the rules about them are asked again. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const LOOKS = [
  { name: 'wide', size: { width: 1280, height: 900 }, media: {}, rules: null },
  { name: 'dark', size: { width: 1280, height: 900 }, media: { colorScheme: 'dark' as const }, rules: COLOURS },
  { name: 'forced colours', size: { width: 1280, height: 900 }, media: { forcedColors: 'active' as const }, rules: COLOURS },
  { name: '320 px', size: { width: 320, height: 720 }, media: {}, rules: null },
];

/** All that is wrong, as sentences: what axe says, scrolling sideways, a page without its heading. */
async function faultsOf(person: Person, paths: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const path of paths) {
    for (const { name, size, media, rules } of LOOKS) {
      await person.page.setViewportSize(size);
      await person.page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', reducedMotion: 'reduce', ...media });
      await person.open(path);
      await settled(person.page);
      const headings = await person.page.getByRole('heading', { level: 1 }).count();
      if (headings !== 1) faults.push(`${path} (${name}): ${headings} headings of level 1`);
      const sideways = Number(await person.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
      if (sideways > 0) faults.push(`${path} (${name}): scrolls sideways by ${sideways} pixels`);
      const axe = new AxeBuilder({ page: person.page });
      const { violations } = await (rules === null ? axe : axe.withRules(rules)).analyze();
      for (const { id, nodes } of violations) faults.push(`${path} (${name}): ${id} at ${nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
    }
  }
  return faults;
}

/** The heading stands and nothing is loading any more. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
}

type Chunk = Readonly<{ file: string; imports?: readonly string[] }>;

/** Bytes of script, packed, that a first visit to a page loads: the entry, the page, and all they import. */
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
  take(page);
  return [...wanted].filter((file) => file.endsWith('.js')).reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
}
