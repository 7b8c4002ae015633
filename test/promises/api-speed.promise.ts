import { runApiBench } from '../bench/api/run-api-bench.js';
import { keepPromises } from './support/keep.js';

const STATEMENTS = 8;
/** The one document of the mix that writes: it has an audit row, a kept answer and locks besides. */
const MUTATION = 'RankVacancies';
/** One-minute load above which times say more about the machine than about us. */
const IDLE = 0.7;

/** P18 and the figures of P10: 200 people at 40 requests/s, and the same beside an attack; `count` is in seconds. */
await keepPromises({ small: 10, full: 120 }, async ({ count, servers, say }) => {
  const { load, costs, peer, mix, attacked, attack } = await runApiBench(servers, { seconds: count, say });
  const queries = costs.filter(({ document }) => document !== MUTATION);
  const most = queries.reduce((a, b) => (b.statements > a.statements ? b : a));
  const idle = load <= IDLE;
  const sound = mix.errors === 0 && most.statements <= STATEMENTS && costs.every(({ fault }) => fault === null);
  const judged = idle ? '' : `; the machine was not idle (load ${load}), so times are not judged: p99 of {__typename} in the same run ${peer.p99} ms, ratio ${ratio(mix.p99, peer.p99)}`;
  const attackRatio = ratio(attacked.p99, mix.p99);
  return [
    {
      promise: 'P18',
      held: sound && (!idle || (mix.p95 <= 150 && mix.p99 <= 300)),
      figure: `${mix.n} requests at 40/s: p50 ${mix.p50}, p95 ${mix.p95}, p99 ${mix.p99} ms, ${mix.errors} errors, ${ratio(mix.cpuMs, mix.n)} ms CPU a document; at most ${most.statements} SQL statements a query (${most.document}), ${costs.find(({ document }) => document === MUTATION)?.statements} for the mutation ${MUTATION}${judged}`,
      costs,
      faults: mix.faults,
    },
    {
      promise: 'P10',
      held: attack.broke === 0 && attack.refused === attack.sent && attacked.errors === 0 && attacked.rssMB < 512 && (!idle || attackRatio <= 2),
      figure: `${attack.refused} of ${attack.sent} hostile queries at 200/s refused, ${attack.broke} broke something; normal p99 ${mix.p99} ms alone, ${attacked.p99} ms meanwhile (ratio ${attackRatio}), ${attacked.errors} errors, ${attacked.rssMB} MB${idle ? '' : `; the machine was not idle (load ${load}), so the ratio is not judged`}`,
      faults: attacked.faults,
    },
  ];
});

function ratio(a: number, b: number): number {
  return Math.round((a / Math.max(b, 0.001)) * 100) / 100;
}
