import { ownServers } from '../faults/support/site.js';
import { MIX } from './api/mix.js';
import { runApiBench, type Times } from './api/run-api-bench.js';

/**
 * `npm run bench -- api [SECONDS]`: 200 people, one document each in five seconds (40 requests/s, open arrivals), beside `{ __typename }`
 * at the same rate in the same run; what each document costs by itself; the same people beside 200 refused queries a second.
 */
const seconds = Number(process.argv[2] ?? 60);
if (!Number.isInteger(seconds) || seconds < 5) {
  process.stderr.write('npm run bench -- api [SECONDS]: a whole number, 5 at least\n');
  process.exit(2);
}

const tell = (line: Readonly<Record<string, unknown>>): void => void process.stdout.write(`${JSON.stringify({ bench: 'api', ...line })}\n`);
const servers = await ownServers();
let exit = 0;
try {
  const { load, costs, peer, mix, byDocument, attacked, attack } = await runApiBench(servers, { seconds, say: (words) => void process.stderr.write(`  ${words}\n`) });
  const line = (name: string, { n, cpuMs, rssMB, p50, p95, p99, errors, faults }: Times, wallMs: number): void =>
    tell({ case: name, n, cpuMs, wallMs, rssMB, peer: '{ __typename }', peerCpuMs: Math.round((peer.cpuMs / peer.n) * n), ratio: Math.round((cpuMs / n / (peer.cpuMs / peer.n)) * 10) / 10, repeats: 1, p50, p95, p99, errors, faults, load });
  for (const { document, statements, cpuMs, ms, fault } of costs) {
    const p95 = byDocument.find((one) => one.document === document)?.p95 ?? null;
    const share = MIX.find((one) => one.document === document)?.share;
    tell({ case: `document ${document}`, share, n: 1, cpuMs, wallMs: ms, statements, p95InMix: p95, repeats: 20, ...(fault !== null && { fault }) });
  }
  line('{ __typename }, 40/s', peer, Math.round((peer.n / 40) * 1_000));
  line('mix, 40/s', mix, seconds * 1_000);
  line('mix, 40/s, beside 200 refused queries/s', attacked, Math.round((attacked.n / 40) * 1_000));
  tell({ case: 'attack', n: attack.sent, refused: attack.refused, broke: attack.broke, normalP99: mix.p99, p99UnderAttack: attacked.p99, ratio: Math.round((attacked.p99 / mix.p99) * 100) / 100 });
  exit = mix.errors + attacked.errors + attack.broke === 0 && attack.refused === attack.sent ? 0 : 1;
} finally {
  await servers.stop();
}
process.exit(exit);
