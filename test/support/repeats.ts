import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';

/** Somebody who may send one kind of mutation that creates. */
export type Creator = Readonly<{ name: string; token: string; mutation: string; input: (mark: string) => Readonly<Record<string, unknown>> }>;

export type RepeatsReport = Readonly<{
  runs: number;
  requests: number;
  /** Keys under which something was to be created, once. */
  keys: number;
  /** Replies that were thrown away before they came. */
  dropped: number;
  /** Two replies to one key that were not equal to the byte, or that were no success. */
  unequal: readonly string[];
  /** Another body under a used key that was not refused. */
  reused: readonly string[];
}>;

/** Sendings of one run: which command, how long after the one before, and whether its sender goes away before the reply. */
type Sending = Readonly<{ command: number; afterMs: number; gone: boolean }>;

const plan = fc.record({
  commands: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 3 }),
  // Duplicated, reordered, delayed and dropped; at 0 ms two go out on two sockets at once.
  sendings: fc.array(fc.record({ command: fc.nat(2), afterMs: fc.constantFrom(0, 0, 0, 1, 4), gone: fc.boolean() }), { minLength: 1, maxLength: 6 }),
});

/**
 * `count` runs: commands that create, each under a key of its own, sent again and again in any order over sockets that come and go.
 * All replies to one key must be equal to the byte, and whoever asked last must have got one; a key with another body is refused.
 * What was really created is counted by the caller: one thing for each mark that begins with `mark`.
 */
export async function runRepeats(origin: string, creators: readonly Creator[], { count, seed, mark, onRun }: Readonly<{ count: number; seed: string; mark: string; onRun?: (runs: number) => void }>): Promise<RepeatsReport> {
  const report = { runs: 0, requests: 0, keys: 0, dropped: 0, unequal: [] as string[], reused: [] as string[] };
  const send = async (creator: Creator, input: unknown, gone = false): Promise<string | null> => {
    report.requests += 1;
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${creator.token}` },
      body: JSON.stringify({ query: creator.mutation, variables: { input } }),
      ...(gone && { signal: AbortSignal.timeout(2) }),
    }).catch((error: unknown) => {
      if (gone) return null;
      throw error;
    });
    const text = await response?.text().catch(() => null);
    if (text === null || text === undefined) report.dropped += 1;
    return text ?? null;
  };
  const one = async (commands: readonly number[], sendings: readonly Sending[]): Promise<void> => {
    const kept = commands.map((n, i) => {
      const creator = creators[n % creators.length] as Creator;
      report.keys += 1;
      return { creator, input: { idempotencyKey: randomUUID(), ...creator.input(`${mark} ${report.runs} ${i}`) } };
    });
    const replies: Promise<{ command: number; text: string | null }>[] = [];
    for (const { command, afterMs, gone } of sendings) {
      const at = command % kept.length;
      const { creator, input } = kept[at] as (typeof kept)[number];
      if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
      replies.push(send(creator, input, gone).then((text) => ({ command: at, text })));
    }
    const got = await Promise.all(replies);
    for (const [at, { creator, input }] of kept.entries()) {
      const last = await send(creator, input);
      const all = [...got.filter(({ command, text }) => command === at && text !== null).map(({ text }) => text as string), last ?? ''];
      if (new Set(all).size !== 1 || !all[0]?.includes('Success"')) report.unequal.push(`${creator.name}: ${[...new Set(all)].join(' | ').slice(0, 400)}`);
    }
    const { creator, input } = kept[0] as (typeof kept)[number];
    if (report.runs % 10 === 0) {
      const other = await send(creator, { ...input, ...creator.input(`${mark} another body`) });
      if (!other?.includes('IDEMPOTENCY_KEY_REUSED')) report.reused.push(`${creator.name}: ${other?.slice(0, 200)}`);
    }
    report.runs += 1;
    onRun?.(report.runs);
  };
  const property = fc.asyncProperty(plan, ({ commands, sendings }) => one(commands, sendings));
  await fc.assert(property, { numRuns: count, seed: createHash('sha256').update(seed).digest().readInt32LE(0), endOnFailure: true });
  return report;
}
