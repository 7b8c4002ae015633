// Progress for people, on standard error: one line a step, a live line or a heartbeat while a step takes long.
const live = Boolean(process.stderr.isTTY);
const HEARTBEAT_MS = 10_000;
const QUIET_MS = 1_000;

/** What the steps under way say, by their label. */
const underWay = new Map();

let quiet = false;
/** Silence everything but problems (the operator's command line keeps its terminal to itself). */
export function beQuiet() {
  quiet = true;
}

export function say(text = '') {
  if (!quiet) process.stderr.write(`${text}\n`);
}

export function duration(ms) {
  if (ms < 950) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export function bar(done, total, width = 24) {
  const filled = Math.min(width, Math.round((width * done) / Math.max(1, total)));
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${done}/${total}`;
}

/**
 * Runs `work(note)` as one named step. `note(text)` says what is going on; the value of `work`, when it is a string, is
 * the closing remark. Short steps give one line, long ones a line when they begin, a heartbeat, and a line when they end.
 */
export async function step(name, work, { silentWhenFast = false } = {}) {
  const began = performance.now();
  const label = `  ${name.padEnd(11)} `;
  let latest = '';
  let spoken = false;
  const show = () => {
    if (quiet || !latest) return;
    spoken = true;
    underWay.set(label, `${label}${latest}`);
    // Steps that run beside one another share the one live line.
    process.stderr.write(live ? `\r\x1b[K${[...underWay.values()].join('').slice(0, (process.stderr.columns ?? 100) - 1)}` : `${label}${latest}\n`);
  };
  const first = setTimeout(show, QUIET_MS);
  const beat = setInterval(show, live ? 200 : HEARTBEAT_MS);
  const finish = (closing) => {
    clearTimeout(first);
    clearInterval(beat);
    underWay.delete(label);
    if (live && spoken && !quiet) process.stderr.write('\r\x1b[K');
    if (closing) say(`${label}${closing}`);
  };
  try {
    const result = await work((text) => {
      latest = text;
    });
    const took = performance.now() - began;
    const closing = typeof result === 'string' ? result : 'done';
    finish(silentWhenFast && took < QUIET_MS ? '' : `${closing} (${duration(took)})`);
    return result;
  } catch (error) {
    finish('failed');
    throw error;
  }
}
