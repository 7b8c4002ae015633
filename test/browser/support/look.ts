import type { Page } from 'playwright-core';
import { REFERENCE, answerNext, answerNow, askedOf, asks, settled, standBetween, waiting } from './answers.js';
import { violations } from './axe.js';
import type { Person } from './person.js';
import { ASKS_NOTHING, type Place } from './places.js';

const WIDE = { width: 1280, height: 900 };
/** Also what 1280 pixels are at 400 %. */
const NARROW = { width: 320, height: 720 };
const PLAIN = { colorScheme: 'light', forcedColors: 'none', reducedMotion: 'reduce' } as const;
/** A row of data: of a table, of a list, of facts, a card, or a field with its label. */
const ROW = 'main :is(article, tbody tr, [role="row"], li, dd, label)';
/** Colours alone change between the looks of one width, so only the rules about them are asked again. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
/** Whoever listens for other colours is told when a frame is made, which on a busy machine may be long after they were asked for. */
const REDRAWN = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';
/** More questions than a page has, each with its own button to try again. */
const TRIES = 10;
/** Milliseconds to press a button that may vanish meanwhile. */
const CLICK_MS = 5_000;
/** It would pass every look at its answers, having none. */
const SILENT = 'it asks nothing, and ASKS_NOTHING does not name it';

type About = Readonly<{
  /** The addresses of places that no link leads to. */
  known?: Readonly<Record<string, string>>;
  /** Places that others have looked at in all states: here as they are for this person. */
  seen?: ReadonlySet<Place>;
}>;

/** All that is wrong with these places in all their states, as sentences. */
export async function look(person: Person, places: readonly Place[], { known = {}, seen = new Set() }: About = {}): Promise<string[]> {
  const faults: string[] = [];
  await standBetween(person.page);
  await person.page.emulateMedia(PLAIN);
  for (const place of places) {
    const path = known[place.path] ?? (await addressOf(person, place));
    if (path === null) faults.push(`${place.path}: no link leads there, so nobody looked at it`);
    else faults.push(...(await (seen.has(place) ? glanceAt : lookAt)(person, place, path)).map((fault) => `${place.path} ${fault}`));
  }
  return faults;
}

/** Loading, then failed, then filled by trying again: one page that stands. Then the same place where nothing was done yet. */
async function lookAt(person: Person, place: Place, path: string): Promise<string[]> {
  const { page } = person;
  const faults: string[] = [];
  const note = (state: string, found: readonly string[]): void => void faults.push(...found.map((fault) => `(${state}): ${fault}`));
  if (!page.url().startsWith('http')) await person.open('/help');
  if (ASKS_NOTHING.has(place.path)) {
    note('filled', await silent(person, path));
    await sizesAndColours(page, note);
    return faults;
  }

  await answerNext(page, 'held');
  await person.open(path);
  if (!(await asks(page))) {
    await answerNext(page, 'true');
    return [SILENT];
  }
  if (!(await waiting(page))) note('loading', ['no sign of it']);
  note('loading', await violations(page));
  await answerNow(page, 'failed');
  await settled(page);
  note('failed', await failed(page));
  await answerNow(page, 'true');
  const again = page.getByRole('main').getByRole('button', { name: 'Try again' });
  if ((await again.count()) === 0) note('failed', ['no way to try again']);
  for (let tries = 0; tries < TRIES && (await again.count()) > 0; tries++) {
    // A page that looks again by itself may take the button away under the pointer.
    await again.first().click({ timeout: CLICK_MS }).catch(async (fault: unknown) => {
      if ((await again.count()) > 0) throw fault;
    });
    await settled(page);
  }
  if ((await page.locator('main [data-reference]').count()) > 0) note('failed', ['trying again does not help']);
  await settled(page);
  note('filled', await filled(page, place));
  await sizesAndColours(page, note);
  note('stale', await stale(person));

  await answerNext(page, 'empty');
  await person.open(path);
  if (!(await asks(page))) note('empty', [SILENT]);
  await settled(page);
  note('empty', await violations(page));
  await answerNext(page, 'true');
  return faults;
}

async function glanceAt(person: Person, place: Place, path: string): Promise<string[]> {
  const { page } = person;
  if (ASKS_NOTHING.has(place.path)) return silent(person, path);
  await person.open(path);
  if (!(await asks(page))) return [SILENT];
  await settled(page);
  return (await filled(page, place)).map((fault) => `(filled): ${fault}`);
}

/** A place that asks nothing, as it stands. */
async function silent(person: Person, path: string): Promise<string[]> {
  const { page } = person;
  await person.open(path);
  await settled(page);
  const asked = (await askedOf(page)) > 0 ? ['it asks something, though ASKS_NOTHING names it'] : [];
  return [...asked, ...(await headed(page)), ...(await violations(page))];
}

async function failed(page: Page): Promise<string[]> {
  const told = await page.locator('main [data-reference]').allInnerTexts();
  const wrong = told.length > 0 && told.every((reference) => reference === REFERENCE) ? [] : [`the reference told is ${told.join(', ') || 'nothing'}`];
  return [...wrong, ...(await violations(page))];
}

async function filled(page: Page, place: Place): Promise<string[]> {
  const faults = await headed(page);
  const [heading = ''] = await page.getByRole('heading', { level: 1 }).allInnerTexts();
  if ((await page.locator(ROW).count()) === 0) faults.push('no row of data');
  if (place.menu && !/^Hello/.test(heading) && heading !== place.title) faults.push(`its heading is ${heading}`);
  return [...faults, ...(await violations(page))];
}

async function headed(page: Page): Promise<string[]> {
  const headings = await page.getByRole('heading', { level: 1 }).count();
  return headings === 1 ? [] : [`${headings} headings of level 1`];
}

/** What a width and a choice of colours can break, in the page that stands there. */
async function sizesAndColours(page: Page, note: (state: string, found: readonly string[]) => void): Promise<void> {
  for (const [state, media] of [['dark', { colorScheme: 'dark' }], ['forced colours', { forcedColors: 'active' }]] as const) {
    await page.emulateMedia({ ...PLAIN, ...media });
    await page.evaluate(REDRAWN);
    await settled(page);
    note(state, await violations(page, COLOURS));
  }
  await page.emulateMedia(PLAIN);
  await page.setViewportSize(NARROW);
  await settled(page);
  const sideways = Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
  if (sideways > 0) note('320 px', [`scrolls sideways by ${sideways} pixels`]);
  note('320 px', await violations(page));
  await page.setViewportSize(WIDE);
}

/** What was there stays when the network is gone, and the page says so. */
async function stale({ page, context }: Person): Promise<string[]> {
  await context.setOffline(true);
  await page.getByText('You are offline').first().waitFor();
  const gone = (await page.locator(ROW).count()) === 0 ? ['what was there is gone'] : [];
  const found = await violations(page);
  await context.setOffline(false);
  return [...gone, ...found];
}

/** The place itself, or the first link that leads to one of its kind. */
async function addressOf(person: Person, place: Place): Promise<string | null> {
  if (!place.path.includes('$')) return place.path;
  const wanted = new RegExp(`^${place.path.replace(/\$\w+/g, '[\\w-]{12,}')}$`);
  for (const from of FROM[place.path] ?? [place.path.slice(0, place.path.indexOf('/$'))]) {
    await person.open(from);
    await settled(person.page);
    const links = await person.page.locator('main a[href]').evaluateAll((all) => all.map((link) => (link as unknown as { getAttribute(name: string): string | null }).getAttribute('href') ?? ''));
    const found = links.find((link) => wanted.test(link));
    if (found !== undefined) return found;
  }
  return null;
}
/** Where links to a place stand, when not on the page above it. */
const FROM: Readonly<Record<string, readonly string[]>> = { '/learners/$id': ['/cohorts', '/cohorts/unplaced'] };
