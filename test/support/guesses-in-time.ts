import { randomInt, randomUUID } from 'node:crypto';
import { Clock } from '@meriden/platform';
import { AccessService, PasswordResetService } from '@meriden/services';
import type { TestServices } from './services.js';

const WINDOW_MS = 15 * 60_000;

export type HoursReport = Readonly<{
  /** Tries made, by whoever never waits and by whoever times them. */
  sent: number;
  /** How many passwords were verified in all: counted where every hash passes, not by answers. */
  checked: number;
  /** The most that were verified in any quarter of an hour, over all guessers. */
  most: number;
}>;

/** Lets the private gate, where every hash and every check of one passes, tell of each. */
function listen(services: TestServices, onHash: () => void): () => void {
  const { passwords } = services.get(AccessService) as unknown as { passwords: { gated: (work: () => Promise<unknown>) => Promise<unknown> } };
  const gated = passwords.gated.bind(passwords);
  passwords.gated = (work) => {
    onHash();
    return gated(work);
  };
  return () => void (passwords.gated = gated);
}

/**
 * `hours` of a clock that is moved on, by guessers at one account each: one who never waits, one who saves tries for the end of a
 * quarter of an hour, and one whose owner signs in between. The count must hold for any quarter of an hour, not for ours.
 *
 * @param owner signs in rightly with these
 */
export async function runHours(services: TestServices, owner: Readonly<{ email: string; password: string }>, hours: number): Promise<HoursReport> {
  const [access, clock] = [services.get(AccessService), services.get(Clock)];
  const signIn = (email: string, password: string) => access.signIn({ email, password, code: null, organisationId: null, kind: 'BEARER', address: null, device: null }).then(() => 'done', (error: { code?: string }) => error.code ?? String(error));
  let sent = 0;
  const verified = new Map<string, number[]>();
  let now: number[] = [];
  const stop = listen(services, () => now.push(clock.epochMs()));
  const guess = async (who: string, email: string): Promise<void> => {
    sent += 1;
    now = [];
    await signIn(email, 'wrong');
    verified.set(who, [...(verified.get(who) ?? []), ...now]);
  };
  try {
    await signIn(`${randomUUID()}@example.org`, 'the decoy is made with the first');
    for (const who of ['never waits', 'saves them up', 'beside the owner'] as const) {
      const email = who === 'beside the owner' ? owner.email : `${randomUUID()}@example.org`;
      const until = clock.epochMs() + hours * 3_600_000;
      while (clock.epochMs() < until) {
        if (who === 'never waits') {
          await guess(who, email);
          services.forward(randomInt(500, 15_000));
          continue;
        }
        // One try opens what might be a window of its own; the others come just before it would end, and as many just after.
        await guess(who, email);
        services.forward(WINDOW_MS - 90_000);
        for (let i = 0; i < 60; i++) {
          await guess(who, email);
          if (who === 'beside the owner' && i % 3 === 0) await signIn(owner.email, owner.password);
          services.forward(3_000);
        }
      }
    }
  } finally {
    stop();
  }
  const densest = (instants: readonly number[]): number => Math.max(0, ...instants.map((first) => instants.filter((at) => at >= first && at < first + WINDOW_MS).length));
  const all = [...verified.values()];
  return { sent, checked: all.reduce((sum, instants) => sum + instants.length, 0), most: Math.max(...all.map(densest)) };
}

export type SweepReport = Readonly<{
  swept: number;
  /** What was told, and what it took (statements, hashes), for accounts that there are and that there are not; each must be one and the same. */
  told: Readonly<Record<'there' | 'missing', readonly string[]>>;
  /** Middle time of an answer in milliseconds; for the reader, nothing hangs on it. */
  ms: Readonly<Record<'there' | 'missing', number>>;
}>;

/** Signs in wrongly and asks for a new password once for every address, those with an account and invented ones by turns. */
export async function runSweep(services: TestServices, there: readonly string[]): Promise<SweepReport> {
  const [access, resets] = [services.get(AccessService), services.get(PasswordResetService)];
  const told = { there: new Set<string>(), missing: new Set<string>() };
  const took = { there: [] as number[], missing: [] as number[] };
  let hashes = 0;
  const stop = listen(services, () => (hashes += 1));
  const said = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: object) => JSON.stringify(error, ['code', 'message', 'rule', 'remedy', 'path']));
  const one = async (kind: 'there' | 'missing', email: string): Promise<void> => {
    for (const [name, work] of [
      ['signIn', () => access.signIn({ email, password: 'wrong', code: '000000', organisationId: null, kind: 'COOKIE', address: null, device: null })],
      ['requestPasswordReset', () => resets.request({ email, address: null })],
    ] as const) {
      hashes = 0;
      const began = performance.now();
      let answer = '';
      const statements = await services.statements(async () => void (answer = await said(work())));
      if (name === 'signIn') took[kind].push(performance.now() - began);
      told[kind].add(`${name}: ${answer}, ${statements} statements, ${hashes} hashes`);
    }
  };
  try {
    await said(access.signIn({ email: `${randomUUID()}@example.org`, password: 'wrong', code: null, organisationId: null, kind: 'COOKIE', address: null, device: null }));
    for (const email of there) {
      await one('there', email);
      await one('missing', `${randomUUID()}@example.org`);
    }
  } finally {
    stop();
  }
  const middle = (times: readonly number[]): number => Math.round([...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0);
  return { swept: there.length * 2, told: { there: [...told.there].sort(), missing: [...told.missing].sort() }, ms: { there: middle(took.there), missing: middle(took.missing) } };
}
