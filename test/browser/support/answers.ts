import type { Page } from 'playwright-core';

/** What the page gets to its questions: as the service gives it, nothing yet, a fault, or the same with every list empty. */
type Answers = 'true' | 'held' | 'failed' | 'empty';

/** The reference of every fault that is made here. */
export const REFERENCE = 'ref-of-this-test';
const KEPT = 'answers-of-this-test';

/**
 * Stands between the page and the service, within the page: the browser's cache stays on, and what is asked is counted at the moment it is
 * asked. Who is signed in is never held back: without that there is no page.
 */
const BETWEEN = `(() => {
  const ALWAYS = new Set(['Viewer', 'Service']);
  const state = { answers: sessionStorage.getItem('${KEPT}') ?? 'true', asked: 0, pending: 0, held: [] };
  window.between = state;
  const real = window.fetch;
  const fault = () => new Response(JSON.stringify({ data: null, errors: [{ message: 'Something went wrong.', extensions: { code: 'INTERNAL', reference: '${REFERENCE}' } }] }), { headers: { 'content-type': 'application/json' } });
  const withoutRows = (value) => Array.isArray(value) ? [] : value === null || typeof value !== 'object' ? value
    : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'hasNextPage' ? false : withoutRows(inner)]));
  const given = async (input, init) => {
    if (state.answers === 'held') await new Promise((resolve, reject) => {
      state.held.push(resolve);
      init.signal?.addEventListener('abort', () => reject(init.signal.reason));
    });
    if (state.answers === 'failed') return fault();
    const response = await real(input, init);
    if (state.answers !== 'empty') return response;
    return new Response(JSON.stringify(withoutRows(await response.json())), { status: response.status, headers: { 'content-type': 'application/json' } });
  };
  window.fetch = async (input, init) => {
    const name = typeof init?.body === 'string' ? JSON.parse(init.body).operationName : undefined;
    if (name === undefined || ALWAYS.has(name)) return real(input, init);
    state.asked++;
    state.pending++;
    try {
      return await given(input, init);
    } finally {
      state.pending--;
    }
  };
})()`;

/** For what has to appear: far longer than it takes, because a machine full of tests gives a page little. */
const PATIENCE_MS = 30_000;

/**
 * In the page: true when the one heading of the page stands and `calm` held, three looks one after another. Looking in the page itself is
 * quicker than asking it again and again from outside.
 */
const once = (calm: string): string => `new Promise((done) => {
  let looks = 0;
  const until = performance.now() + ${PATIENCE_MS};
  const look = () => {
    looks = document.querySelector('h1') !== null && ${calm} ? looks + 1 : 0;
    if (looks === 3) requestAnimationFrame(() => done(true));
    else if (performance.now() > until) done(false);
    else setTimeout(look, 15);
  };
  look();
})`;
/** A sign of it, or a picture whose drawing has not arrived. */
const LOADING = `document.querySelector('main .skeleton, main [aria-busy="true"]') !== null`;
const STILL = `document.getAnimations().every((one) => one.playState !== 'running')`;

export async function standBetween(page: Page): Promise<void> {
  await page.addInitScript(BETWEEN);
}

/** For the pages that are loaded from now on. */
export async function answerNext(page: Page, answers: Answers): Promise<void> {
  await page.evaluate(`sessionStorage.setItem('${KEPT}', '${answers}')`);
}

/** For what this page is waiting for, and asks from now on. */
export async function answerNow(page: Page, answers: Answers): Promise<void> {
  await page.evaluate(`(() => { const { held } = Object.assign(window.between, { answers: '${answers}' }); for (const go of held.splice(0)) go(); })()`);
}

/** How many operations the page has asked for since it was loaded. */
export const askedOf = async (page: Page): Promise<number> => Number(await page.evaluate('window.between.asked'));

/** Nothing is asked, nothing is loading and nothing moves. */
export async function settled(page: Page): Promise<void> {
  if (!(await page.evaluate(once(`between.pending === 0 && !(${LOADING}) && ${STILL}`)))) throw new Error(`${page.url()} does not come to rest`);
}

/** Waits for the first question of a page. @returns whether one was asked */
export const asks = async (page: Page): Promise<boolean> => (await page.evaluate(once('between.asked > 0'))) === true;

/** @returns whether the page shows that it waits */
export const waiting = async (page: Page): Promise<boolean> => (await page.evaluate(once(`(${LOADING}) && ${STILL}`))) === true;
