// `npm run bench -- matching [--sizes 1000,10000] [--rounds 3] [--exact]`: the matching engine beside a plain C++ reference of the same algorithms
// (compiled here with g++ -O3), on the market of the issue. One JSON line a case; CPU time (user + system), medians over processes.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exactCases, largestQuality } from './matching/exact-cases.js';
import { INSERT_US, RSS_MB, VERIFY_SHARE, againstReference, judge, judgeReference } from './matching/goals.js';
import { measure, type Measured } from './matching/measure.js';
import { assignmentCase, marriageCase } from './matching/npm-peers-case.js';
import { roundCase } from './matching/round-case.js';
import { median } from './matching/timing.js';

const option = (name: string, usual: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : (process.argv[at + 1] ?? usual);
};
const sizes = option('sizes', '1000,10000,100000,1000000').split(',').map(Number);
const processes = Number(option('rounds', '3'));
const line = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

function run(program: string, args: string[]): Measured {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 20 });
  if (status !== 0) {
    process.stderr.write(`${program} ${args.join(' ')} failed (${status}): ${stderr}\n`);
    process.exit(3);
  }
  return JSON.parse(stdout) as Measured;
}

function compileReference(): { program: string; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'meriden-bench-'));
  const program = join(folder, 'reference');
  const { status, error, stderr } = spawnSync('g++', ['-O3', '-march=native', '-o', program, join(process.cwd(), 'test/bench/matching/reference.cpp')], { encoding: 'utf8' });
  if (status !== 0) {
    process.stderr.write(`The C++ reference needs g++ (Debian as root: apt-get install g++). ${error?.message ?? stderr}\n`);
    process.exit(3);
  }
  return { program, folder };
}

/** Sizes of the processor's caches as Linux tells them, e.g. { L1: "32K", L2: "1024K", L3: "36608K" }. */
function caches(): Record<string, string> {
  const at = '/sys/devices/system/cpu/cpu0/cache';
  if (!existsSync(at)) return {};
  const read = (file: string): string => readFileSync(join(at, file), 'utf8').trim();
  return Object.fromEntries(readdirSync(at).filter((d) => d.startsWith('index') && read(`${d}/type`) !== 'Instruction').map((d) => [`L${read(`${d}/level`)}`, read(`${d}/size`)]));
}

async function main(): Promise<void> {
  const { program, folder } = compileReference();
  try {
    const probe = JSON.parse(spawnSync(program, ['probe'], { encoding: 'utf8' }).stdout) as { latencyNs: number };
    // Steps of nsPerPair are the caches: the openings' heaps leave L2, then the rows leave L3.
    line({ bench: 'matching', case: 'memory-latency-probe', latencyNs: probe.latencyNs, caches: caches() });
    for (const what of ['hr', 'spa']) {
      for (const n of sizes) {
        const repeats = n >= 1_000_000 ? 3 : 9;
        const ours: Measured[] = [];
        const theirs: Measured[] = [];
        // Interleaved, so that what else the machine does falls on both.
        for (let i = 0; i < processes; i++) {
          theirs.push(run(program, [what, String(n), String(repeats)]));
          ours.push(run(process.execPath, [fileURLToPath(import.meta.url), '--measure', what, String(n), String(repeats)]));
        }
        const of = (all: Measured[], pick: (m: Measured) => number): number => median(all.map(pick));
        const whole = (m: Measured): number => m.prepMs + m.solveMs;
        const cpuMs = of(ours, whole);
        const peerCpuMs = of(theirs, whole);
        const same = [...ours, ...theirs].every((m) => m.hash === ours[0]!.hash && m.blocking === 0);
        line({
          bench: 'matching', case: what, n, cpuMs: round(cpuMs), rssMB: of(ours, (m) => m.rssMB), peer: 'c++', peerCpuMs: round(peerCpuMs), ratio: round(cpuMs / peerCpuMs),
          repeats: `${processes} x ${repeats}`, prepMs: round(of(ours, (m) => m.prepMs)), solveMs: round(of(ours, (m) => m.solveMs)), verifyMs: round(of(ours, (m) => m.verifyMs), 3),
          verifyShare: round(of(ours, (m) => m.verifyMs) / cpuMs, 3), nsPerPair: round((cpuMs * 1e6) / ours[0]!.pairs, 1), insertUs: round(of(ours, (m) => m.insertUs), 1),
          peerPrepMs: round(of(theirs, (m) => m.prepMs)), peerSolveMs: round(of(theirs, (m) => m.solveMs)), peerVerifyMs: round(of(theirs, (m) => m.verifyMs), 3),
          peerInsertUs: round(of(theirs, (m) => m.insertUs), 1), peerRssMB: of(theirs, (m) => m.rssMB),
          matched: ours[0]!.matched, sameOutcome: same,
        });
        judgeReference(what, n, peerCpuMs, probe.latencyNs, line);
        judge(`${what}: align and solve, against C++`, n, cpuMs / peerCpuMs, againstReference(what, n), line);
        judge(`${what}: check, as a share of align and solve`, n, of(ours, (m) => m.verifyMs) / cpuMs, VERIFY_SHARE, line);
        if (n >= 1_000_000) judge(`${what}: peak memory, MB`, n, of(ours, (m) => m.rssMB), RSS_MB, line);
        if (n >= 1_000_000) judge(`${what}: one more learner, microseconds`, n, of(ours, (m) => m.insertUs), INSERT_US, line);
        if (!same) process.exitCode = 1;
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const rounds = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--round', String(Math.min(10_000, Math.max(...sizes)))], { stdio: 'inherit' });
  if (rounds.status !== 0) process.exitCode = 1;
  await exactCases(option('exact', '100,300').split(',').map(Number), Number(option('exact-repeats', '3')), line);
  await largestQuality(Number(option('quality', '300')), 12, line);
  assignmentCase(1000, 7, line);
  marriageCase(1000, 5, line);
}

// Each measurement is this program again, in a process of its own.
const own = process.argv.indexOf('--measure');
if (own >= 0) line(measure(process.argv[own + 1] === 'spa' ? 'spa' : 'hr', Number(process.argv[own + 2]), Number(process.argv[own + 3])));
else if (process.argv[2] === '--round') roundCase(Number(process.argv[3]), line);
else await main();
