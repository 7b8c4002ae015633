// Processes by pid *and* start time: a pid alone may have been given to somebody else since.
import { readFileSync } from 'node:fs';
import { spawn, spawnSync } from 'node:child_process';

/** A token that names this very process, or null when there is none (or only a zombie is left). */
export function startToken(pid) {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return null;
      return `${bootId()}/${fields[19]}`;
    } catch {
      return null;
    }
  }
  const ps = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const line = ps.stdout?.trim() ?? '';
  return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '');
}

function bootId() {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim().slice(0, 8);
  } catch {
    return '';
  }
}

/** True while the process with this pid is still the one the token was taken from (any process, without a token). */
export function isAlive(pid, token) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  const now = startToken(pid);
  return now !== null && (token === undefined || token === null || token === now);
}

/** The command line of a process as one string, '' when unknown. */
export function commandLine(pid) {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    } catch {
      return '';
    }
  }
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}

export function parentOf(pid) {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    } catch {
      return 0;
    }
  }
  return Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() || 0);
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Ends a process by pid: each signal in turn with its patience in milliseconds. True when it is gone. */
export async function endProcess(pid, token, signals) {
  for (const [signal, patience] of signals) {
    if (!isAlive(pid, token)) return true;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (error.code === 'ESRCH') return true;
      throw error;
    }
    const until = Date.now() + patience;
    while (Date.now() < until) {
      if (!isAlive(pid, token)) return true;
      await pause(25);
    }
  }
  return !isAlive(pid, token);
}

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** The signal that asked us to end while a program ran that ends with us: none is begun after it. */
let toldToEnd = null;

/**
 * Runs a program to its end and collects what it wrote. Never throws for an exit code. With `endWithUs` a signal that asks us
 * to end is passed on to it, and a program that would come after it is not begun.
 */
export function run(command, args, { input, onText, timeoutMs, endWithUs = false, ...options } = {}) {
  if (endWithUs && toldToEnd) return Promise.resolve({ code: -1, signal: toldToEnd, stdout: '', stderr: `stopped by ${toldToEnd}`, timedOut: false });
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
    let stdout = '';
    let stderr = '';
    let timedOut = false;
    const passOn = (signal) => {
      toldToEnd = signal;
      child.kill(signal);
    };
    if (endWithUs) for (const signal of ENDING) process.on(signal, passOn);
    const done = () => {
      clearTimeout(timer);
      for (const signal of ENDING) process.removeListener(signal, passOn);
    };
    const timer = timeoutMs && setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.stdout?.on('data', (chunk) => {
      stdout += chunk;
      onText?.(String(chunk));
    });
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
      onText?.(String(chunk));
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
    child.on('error', (error) => {
      done();
      resolve({ code: -1, signal: null, stdout, stderr: `${stderr}${error.message}`, error, timedOut });
    });
    child.on('close', (code, signal) => {
      done();
      resolve({ code: code ?? -1, signal, stdout, stderr, timedOut });
    });
  });
}
