// `npm test`: everything the project can check about itself, from a bare checkout. Last line: `N passed, N failed, N skipped`.
// For developers: `npm test -- --only medium,e2e [PATTERN...]` runs these parts alone (checks, unit, medium, e2e, browser, tenants, abuse, faults).
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Problem, entry } from './problem.mjs';
import { duration, say, step } from './say.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { makePassable, root } from './place.mjs';
import { redisProgram } from './redis-program.mjs';

const NEED_SERVERS = new Set(['checks', 'medium', 'e2e', 'browser', 'tenants', 'abuse', 'faults']);
/** Parts that look at the console. */
const NEED_CONSOLE = ['e2e', 'browser'];
/** What runs beside one another; a lane's parts run one after the other. Browsers and faults wait more than they work; three lanes are quicker, but starve what is timed by locks. */
const LANES = [
  ['checks', 'medium', 'e2e', 'tenants'],
  ['browser', 'faults'],
];
/** Taken by whichever lane comes to its end first: what fits beside anything, so that no core waits for the other at the end. */
const LEFT = ['unit', 'abuse'];
const PARTS = [...LANES.flat(), ...LEFT];

const HELP = `npm test [-- --without-browser] [--only PART[,PART...] [PATTERN...]]
  Sets everything up, then runs: ${PARTS.join(', ')}.
  Ends with one line: N passed, N failed, N skipped. Exit 0 only when something passed, nothing failed, nothing was skipped.
  PATTERN (with --only): a part of the path of a test file.
  --without-browser: leaves out the tests in a real browser, for machines where there is no Chromium; the last lines say so.
`;

function wishes(given) {
  if (given.includes('--help')) return { help: true };
  const argv = given.filter((word) => word !== '--without-browser');
  if (argv.length < given.length) {
    const wish = wishes(argv);
    return { ...wish, parts: wish.parts.filter((part) => part !== 'browser'), withoutBrowser: true };
  }
  const at = argv.indexOf('--only');
  if (at < 0) {
    if (argv.length > 0) throw new Problem(`Unknown argument ${argv[0]}.\n${HELP}`, EXIT.usage);
    return { parts: PARTS, pattern: [] };
  }
  const parts = (argv[at + 1] ?? '').split(',').filter(Boolean);
  const unknown = parts.filter((part) => !PARTS.includes(part));
  if (parts.length === 0 || unknown.length > 0) throw new Problem(`--only wants one or more of ${PARTS.join(', ')}.`, EXIT.usage);
  return { parts, pattern: argv.filter((_, i) => i !== at && i !== at + 1) };
}

async function ourOwn({ parts }) {
  await ensureInstalled();
  await ensureBuilt({ withConsole: parts.some((part) => NEED_CONSOLE.includes(part)) });
}

/** Waits for all, so that nothing goes on after the last words, which name every fault. */
async function bothOrEveryFault(works) {
  const ends = await Promise.allSettled(works);
  const faults = ends.flatMap(({ status, reason }) => (status === 'rejected' ? [reason] : []));
  const defect = faults.find((fault) => !(fault instanceof Problem));
  if (defect) throw defect;
  if (faults.length > 0) throw new Problem(faults.map(({ message }) => message).join('\n\nmeriden: '), faults[0].exitCode);
  return ends.map(({ value }) => value);
}

/** One after the other: a system's package manager does one thing at a time. @returns the browser's path */
async function programs({ redis, browser }) {
  if (redis) {
    makePassable(join(root, '.data'));
    const tools = makePassable(join(root, '.data', 'tools'));
    await step('redis', async (note) => `found at ${(await redisProgram(tools, note)).origin}`, { silentWhenFast: true });
  }
  return browser ? ensureChromium() : undefined;
}

async function runParts({ parts, pattern }, servers, chromium) {
  const { runChecks } = await import('./check.mjs');
  const { runJest } = await import('./jest.mjs');
  const environment = servers ? { DATABASE_URL: servers.databaseUrl, REDIS_URL: servers.redisUrl, MERIDEN_TEST_SERVERS: about(servers), ...(chromium && { MERIDEN_CHROMIUM: chromium }) } : {};
  const left = LEFT.filter((part) => parts.includes(part));
  const inTurn = async (lane) => {
    const own = lane.filter((part) => parts.includes(part));
    const sums = [];
    for (let part = own.shift() ?? left.shift(); part !== undefined; part = own.shift() ?? left.shift()) {
      say(`\n${part}`);
      const began = performance.now();
      const sum = part === 'checks' ? { skipped: 0, ...(await runChecks(servers)) } : await runJest({ project: part, pattern, environment });
      sums.push({ ...sum, part, ms: performance.now() - began });
    }
    return sums;
  };
  const sums = (await Promise.all(LANES.map(inTurn))).flat();
  return sums.sort((a, b) => PARTS.indexOf(a.part) - PARTS.indexOf(b.part));
}

/** A file for tests that want to know their servers: {databaseUrl, redisUrl, postgres: {pid, port}, redis: {pid, port}, dataDir}. */
function about({ databaseUrl, redisUrl, postgres, redis, dataDir }) {
  const file = join(dataDir, 'servers.json');
  const one = ({ pid, port }) => ({ pid, port });
  writeFileSync(file, JSON.stringify({ databaseUrl, redisUrl, postgres: one(postgres), redis: one(redis), dataDir }), { mode: 0o600 });
  return file;
}

/** Ctrl-C stops the servers too. */
function stopOnSignal(servers) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      say(`\nstopped by ${signal}`);
      void servers.stop().finally(() => process.exit(130));
    });
  }
}

await entry(async () => {
  const wish = wishes(process.argv.slice(2));
  if (wish.help) {
    process.stdout.write(HELP);
    return EXIT.done;
  }
  const began = performance.now();
  say('Meriden: set-up');
  const needServers = wish.parts.some((part) => NEED_SERVERS.has(part));
  // The system's programs come beside our packages: one waits for the network while the other unpacks.
  const [, chromium] = await bothOrEveryFault([ourOwn(wish), programs({ redis: needServers, browser: wish.parts.includes('browser') })]);
  let servers;
  if (needServers) {
    const { startTestServers } = await import('./servers.mjs');
    servers = await startTestServers({ progress: step, say });
    stopOnSignal(servers);
  }
  let sums;
  try {
    sums = await runParts(wish, servers, chromium);
  } finally {
    await servers?.stop();
  }
  const total = (key) => sums.reduce((sum, part) => sum + part[key], 0);
  say('');
  for (const { part, passed, failed, skipped, ms } of sums) say(`  ${part.padEnd(8)} ${passed} passed, ${failed} failed, ${skipped} skipped in ${duration(ms)}`);
  if (wish.withoutBrowser) say('  browser  left out (--without-browser): nothing is known about the console in a real browser');
  say(`  in all   ${duration(performance.now() - began)}`);
  process.stdout.write(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped\n`);
  return total('failed') === 0 && total('skipped') === 0 && total('passed') > 0 ? EXIT.done : EXIT.no;
});
