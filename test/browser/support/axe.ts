import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inAscii } from '#bootstrap/ascii.mjs';
import type { Page } from 'playwright-core';

const require = createRequire(import.meta.url);

/** The small edition, a byte a letter: every page that is loaded reads it anew, in half the time that axe's own `source` takes. */
const AXE = inAscii(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));

type Found = readonly Readonly<{ id: string; at: readonly string[] }>[];

/** What axe finds, as sentences. It is read into a page once: the page's own policy does not hold it back. */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  if ((await page.evaluate('"axe" in window')) !== true) await page.evaluate(`${AXE};undefined`);
  const only = rules === undefined ? '' : `runOnly: ${JSON.stringify(rules)},`;
  const found = (await page.evaluate(
    `axe.run(document, { ${only} resultTypes: ['violations'], preload: false, elementRef: false }).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.target.join(' ')) })))`,
  )) as Found;
  return found.map(({ id, at }) => `${id} at ${at.slice(0, 3).join(' | ')}`);
}
