// Dense least-cost assignment, costs floor(10,000 u), seed 42. Peer: munkres, where it is installed.
import { leastCostAssignment } from '@meriden/matching';
import { mulberry32 } from '../../enumerator/random-instance.js';

const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const middle = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

export function assignmentCase(n: number, repeats: number, line: (value: object) => void): void {
  const dice = mulberry32(42);
  const cost = Float64Array.from({ length: n * n }, () => Math.floor(10_000 * dice()));
  const times: number[] = [];
  let total = 0;
  for (let i = 0; i < repeats + 2; i++) {
    const from = cpu();
    const columns = leastCostAssignment(cost, n);
    if (i >= 2) times.push(cpu() - from);
    total = columns.reduce((sum, j, row) => sum + cost[row * n + j]!, 0);
  }
  line({ bench: 'matching', case: 'assignment', n, cpuMs: Number(middle(times).toFixed(1)), repeats, total });
}
