// One Jest project as a child process: counted from its JSON report, stopped when it hangs.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, withoutInstallation } from './place.mjs';
import { pause } from './processes.mjs';
import { duration, say } from './say.mjs';

/** Of one part. Faults take 13 to 15 minutes on two slow cores beside the others: what hangs is known sooner, by its own patience. */
const LONGEST_MS = 40 * 60_000;
/** After the report is written Jest has nothing left to do; what keeps it alive is an open handle. */
const LINGER_MS = 15_000;
/** How often that is looked at: nobody needs to know sooner. */
const LOOK_MS = 1_000;

/** One-line marks that Jest prints about the file it has finished stay out; failures and our own output go through. */
const NODE_OPTIONS = [process.env.NODE_OPTIONS, '--experimental-vm-modules', '--no-warnings'].filter(Boolean).join(' ');

/**
 * @param {{project: string, pattern?: string[], environment?: Record<string, string>, longestMs?: number, jestArgs?: string[]}} wishes
 * @returns {Promise<{project: string, passed: number, failed: number, skipped: number, ms: number}>}
 */
export async function runJest({ project, pattern = [], environment = {}, longestMs = LONGEST_MS, jestArgs = [] }) {
  const began = performance.now();
  const reports = join(root, '.data', 'reports');
  mkdirSync(reports, { recursive: true });
  const report = join(reports, `${project}-${process.pid}.json`);
  rmSync(report, { force: true });
  const args = [
    join(root, 'node_modules/jest/bin/jest.js'), '--selectProjects', project, '--json', `--outputFile=${report}`, '--passWithNoTests',
    // Campaigns of faults hurt a whole installation each: two at once starve one another.
    ...(project === 'unit' ? [] : [`--maxWorkers=${project === 'faults' ? 1 : 2}`]), ...jestArgs, ...pattern,
  ];
  // Its own process group, so that hanging workers can be ended with it. Its report on stdout is the JSON we read from the file.
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], detached: true, env: { ...withoutInstallation(), ...environment, NODE_OPTIONS } });
  const killGroup = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // gone
    }
  };
  process.once('exit', killGroup);
  let exit = null;
  const ended = new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve((exit = { code, signal })));
    child.on('error', (error) => resolve((exit = { code: -1, signal: error.message })));
  });
  const hung = await untilEnd({ ended, report, longestMs });
  killGroup();
  process.removeListener('exit', killGroup);
  const sum = count(readReport(report), { exit, hung, all: pattern.length === 0 });
  if (sum.fault) say(`  FAILED ${project}: ${sum.fault}`);
  rmSync(report, { force: true });
  return { project, ...sum, ms: performance.now() - began };
}

async function untilEnd({ ended, report, longestMs }) {
  const began = Date.now();
  let reportedAt = 0;
  while (!(await Promise.race([ended, pause(LOOK_MS)]))) {
    if (!reportedAt && readReport(report)) reportedAt = Date.now();
    if (reportedAt && Date.now() - reportedAt > LINGER_MS) return 'it wrote its report and then did not end: a server, client or timer is left open';
    if (Date.now() - began > longestMs) return `it took longer than ${duration(longestMs)}`;
  }
  return null;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** The counts of a report; every way of not having run is a failure, with `fault` as its words. */
export function count(report, { exit, hung, all = false }) {
  const sum = { passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0, skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0) };
  sum.failed += report?.numRuntimeErrorTestSuites ?? 0;
  const end = exit?.signal ?? `exit ${exit?.code}`;
  let fault = null;
  if (hung) fault = hung;
  else if (!report) fault = `Jest ended without a report (${end})`;
  else if (exit?.code !== 0 && sum.failed === 0) fault = `Jest ended with ${end} although no test failed`;
  else if (all && sum.passed + sum.failed + sum.skipped === 0) fault = 'no test was found';
  return fault ? { ...sum, failed: sum.failed + 1, fault } : sum;
}
