import { FAMILIES } from '../abuse/families.js';
import { openSite, picture } from '../abuse/open-site.js';
import { keepPromises } from './support/keep.js';

const PATIENCE_MS = 1_000;

/** Milliseconds that each request of this process waited for the last byte of its answer. */
const waits: number[] = [];
const ask = globalThis.fetch;
globalThis.fetch = async (...request: Parameters<typeof fetch>) => {
  const began = performance.now();
  const { status, statusText, headers, body } = await ask(...request);
  const content = body === null ? null : await new Response(body).arrayBuffer();
  waits.push(performance.now() - began);
  return new Response(content, { status, statusText, headers });
};

/** P10: every variant of the first `count` families of misuse, one after another, so that its time is its own. */
await keepPromises({ small: 2, full: FAMILIES.length }, async ({ count, say }) => {
  const ground = await openSite();
  try {
    const told: { family: string; variants: number; slowest: string; ms: number }[] = [];
    const wrong: string[] = [];
    let changed = 0;
    for (const family of FAMILIES.slice(0, count)) {
      const variants = family.variants(ground.site);
      const before = JSON.stringify(await picture(ground.database));
      let slowest = { name: '', ms: 0 };
      for (const { name, attempt } of variants) {
        waits.length = 0;
        const began = performance.now();
        const fault = await attempt(ground.site);
        if (fault !== null) wrong.push(`${name}: ${fault}`);
        // Some send many requests; some send none, but read a file here or open a socket.
        const ms = Math.round(waits.length > 0 ? Math.max(...waits) : performance.now() - began);
        if (ms > slowest.ms) slowest = { name, ms };
      }
      if (JSON.stringify(await picture(ground.database)) !== before) changed += 1;
      told.push({ family: family.title, variants: variants.length, slowest: slowest.name, ms: slowest.ms });
      say(`${family.title}: ${variants.length}, slowest ${slowest.ms} ms (${slowest.name})`);
    }
    for (const fault of wrong.slice(0, 20)) say(fault);
    const sum = told.reduce((total, { variants }) => total + variants, 0);
    const last = told.reduce((a, b) => (b.ms > a.ms ? b : a));
    const held = wrong.length === 0 && changed === 0 && last.ms <= PATIENCE_MS;
    const figure = `${sum} variants in ${told.filter(({ variants }) => variants > 0).length} families of misuse: ${sum - wrong.length} refused as they must be, ${changed} families left a row changed, the slowest answer after ${last.ms} ms (${last.slowest})`;
    return [{ promise: 'P10', held, figure, told, wrong: wrong.slice(0, 20) }];
  } finally {
    await ground.end();
  }
});
