// `npm run screenshots [-- FOLDER]`: photographs the main pages of the console into docs/screens (or FOLDER), from a region of its own.
import { entry } from './problem.mjs';
import { runBuilt } from './run-built.mjs';
import { ensureChromium } from './chromium.mjs';

await entry(async () => {
  process.env.MERIDEN_CHROMIUM = await ensureChromium();
  return runBuilt('test/browser/screenshots.js', process.argv.slice(2));
});
