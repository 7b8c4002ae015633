// A problem is something the person at the keyboard can mend: it is told in a sentence, without a stack trace.
export const EXIT = { done: 0, no: 1, usage: 2, fault: 3 };

export class Problem extends Error {
  /** @param {string} sentence what is wrong and what to do about it */
  constructor(sentence, exitCode = EXIT.fault) {
    super(sentence);
    this.name = 'Problem';
    this.exitCode = exitCode;
  }
}

const DISK_FULL = /ENOSPC|No space left on device|not enough space|disk (is )?full/i;

export const looksLikeFullDisk = (text) => DISK_FULL.test(text);

/** The one sentence for a full disk, wherever it was met. */
export function diskFull(folder, while_) {
  return new Problem(`The disk is full: no space left under ${folder} while ${while_}. Free some space (about 1.5 GB is comfortable) and start again; nothing is lost.`);
}

/** Refuses a Node that the packages do not run on. Called first, before any package is needed. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 21 || (major === 20 && minor >= 19)) return;
  throw new Problem(`Node ${version} is too old: Meriden needs Node 20.19 or newer, 22 or 24 (https://nodejs.org).`);
}

/** Runs an entry point: a Problem becomes its sentence and exit code, anything else keeps its stack and exits 3. */
export async function entry(main) {
  try {
    requireNode();
    process.exitCode = (await main()) ?? EXIT.done;
  } catch (error) {
    if (error instanceof Problem) process.stderr.write(`\nmeriden: ${error.message}\n`);
    else if (error?.code === 'ENOSPC') process.stderr.write(`\nmeriden: ${diskFull(error.path ?? 'the checkout', 'writing a file').message}\n`);
    else process.stderr.write(`\nmeriden: unexpected fault\n${error?.stack ?? error}\n`);
    process.exitCode = error instanceof Problem ? error.exitCode : EXIT.fault;
  }
}
