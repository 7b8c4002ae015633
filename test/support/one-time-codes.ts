import { randomBytes, randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { Actor } from '@meriden/domain';
import { Clock, sha256 } from '@meriden/platform';
import { AccessService, InvitationService, PasskeyService, PasswordResetService, SecondFactorService } from '@meriden/services';
import { Secret, TOTP } from 'otpauth';
import type { TestDatabase } from './database.js';
import type { TestServices } from './services.js';
import { SoftwareAuthenticator } from './software-authenticator.js';
import type { TwoColleges } from './two-colleges.js';

export type CodesReport = Readonly<{
  /** How many codes of each kind were tried. */
  rounds: Readonly<Record<string, number>>;
  /** Codes that worked more than once, or not at all, when many came with them at the same moment. */
  wrong: readonly string[];
  /** Tries of staff with the right password and no valid second factor. */
  halfTries: number;
  /** Sessions that those opened. */
  halfSessions: number;
  /** Hashes made with weaker parameters that a sign-in did not replace, or replaced by something that does not open. */
  stale: readonly string[];
}>;

const AT_ONCE = 20;
const PASSWORD = 'kettle umbrella gravel';
const PROFILE = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const NOW_USED = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;
const NO_GUESS = { right: async () => undefined };

const end = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: { code?: string }) => error.code ?? String(error));

/**
 * `count` codes of every kind that works once, each given twenty times at the same moment: exactly one may work. Then staff who know
 * only their password, and passwords hashed with yesterday's parameters.
 *
 * The count of tries is taken away first, or it would stop fifteen of twenty before they meet: it is P11's to prove.
 */
export async function runOneTimeCodes(services: TestServices, database: TestDatabase, world: TwoColleges, { count, onRound }: Readonly<{ count: number; onRound?: (rounds: number) => void }>): Promise<CodesReport> {
  const [access, factor, passkeys, resets, invitations, clock] = [services.get(AccessService), services.get(SecondFactorService), services.get(PasskeyService), services.get(PasswordResetService), services.get(InvitationService), services.get(Clock)];
  Object.assign((access as unknown as { guesses: object }).guesses, { count: async () => NO_GUESS });
  const report = { rounds: {} as Record<string, number>, wrong: [] as string[], halfTries: 0, halfSessions: 0, stale: [] as string[] };
  const { a, b, operator } = world;
  const secrets = new Map<string, string>();
  const emailOf = ({ personId }: Actor): string => `${personId}@example.org`;
  const secretOf = async (actor: Actor): Promise<string> => {
    const known = secrets.get(actor.personId) ?? (await factor.resetFor(operator, { email: emailOf(actor), reason: 'Seen in person today.' }));
    secrets.set(actor.personId, known);
    return known;
  };
  /** The authenticator's code of a step that nobody has seen yet. */
  const freshCode = async (actor: Actor): Promise<string> => {
    const secret = await secretOf(actor);
    services.forward(30_000);
    return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.epochMs() });
  };
  const signIn = (actor: Actor, code: string | null) => access.signIn({ email: emailOf(actor), password: PASSWORD, code, organisationId: null, kind: 'BEARER', address: null, device: null });
  const setPassword = async (encoded: string | null, personId?: string): Promise<unknown> => database.sql('update person set password_hash = $1 where $2::uuid is null or id = $2', [encoded, personId ?? null]);
  const usual = await hash(PASSWORD, PROFILE);
  await database.sql('delete from passkey');
  await setPassword(usual);

  /** Each makes one code and gives what trying it does. */
  const kinds: Readonly<Record<string, () => Promise<() => Promise<unknown>>>> = {
    'authenticator code': async () => {
      const code = await freshCode(a.staff);
      return () => signIn(a.staff, code);
    },
    'recovery code': async () => {
      await secretOf(a.staff);
      const code = [...randomBytes(16)].map((byte) => 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'[byte % 32]).join('');
      await database.sql('insert into recovery_code (id, person_id, code_hash) values ($1, $2, $3)', [randomUUID(), a.staff.personId, sha256(code)]);
      return () => signIn(a.staff, code);
    },
    'authenticator code in the place of a password': async () => {
      const code = await freshCode(a.host);
      await setPassword(null, a.host.personId);
      return () => factor.proven(a.host, { password: '', code, address: null });
    },
    'reset link': async () => {
      const token = randomBytes(32).toString('base64url');
      await database.sql(`insert into password_reset (id, person_id, token_hash, created_at, expires_at) values ($1, $2, $3, now(), now() + interval '10 years')`, [randomUUID(), b.student.personId, sha256(token)]);
      return () => resets.complete({ token, password: 'seven otters juggle', address: null });
    },
    invitation: async () => {
      const token = randomBytes(32).toString('base64url');
      const id = randomUUID();
      await database.sql(`insert into invitation (id, organisation_id, email, role, invited_by, token_hash, created_at, expires_at) values ($1, $2, $3, 'EMPLOYER', $4, $5, now(), now() + interval '10 years')`, [
        id,
        b.employer.id,
        `${id}@example.org`,
        b.host.personId,
        sha256(token),
      ]);
      return () => invitations.accept(null, { token, name: 'Rowan Example', password: 'seven otters juggle', organisationName: null, address: null });
    },
    'passkey answer': async () => {
      const device = new SoftwareAuthenticator(services.config.publicOrigin);
      const asked = await passkeys.askToRegister(b.host, { password: PASSWORD, address: null });
      await passkeys.register(b.host, { ticket: asked.ticket, response: device.register(asked.options), label: 'Blue telephone' });
      const { options, ticket } = await passkeys.askToSignIn();
      const given = { ticket, response: device.signIn(options), organisationId: null, address: null };
      return () => passkeys.signIn(given);
    },
  };
  for (const [kind, make] of Object.entries(kinds)) {
    for (let round = 0; round < count; round++) {
      await database.sql('delete from passkey');
      const attempt = await make();
      const ends = await Promise.all(Array.from({ length: AT_ONCE }, () => end(attempt())));
      const late = await end(attempt());
      const done = ends.filter((one) => one === 'done').length;
      // Faults of the database, such as two that wait for each other, are no refusals.
      const faults = [...ends, late].some((one) => one !== 'done' && !/^[A-Z_]+$/.test(one));
      if (done !== 1 || late === 'done' || faults) report.wrong.push(`${kind}: worked ${done} times of ${AT_ONCE} at once, later ${late}: ${[...new Set(ends)].join(', ')}`);
      report.rounds[kind] = round + 1;
      onRound?.(round + 1);
    }
  }

  await setPassword(usual);
  const sessions = async (): Promise<number> => (await database.sql<{ n: number }>('select count(*)::int as n from session'))[0]?.n ?? 0;
  const used = await freshCode(a.staff);
  await signIn(a.staff, used);
  const before = await sessions();
  const staff: readonly Actor[] = [a.staff, b.staff, a.host, b.host, operator, world.region];
  for (const actor of staff) {
    const strange = await freshCode(actor.personId === b.staff.personId ? a.host : b.staff);
    for (const code of [null, '', '000000', '0', '٠٠٠٠٠٠', used, strange, 'AAAA-AAAA-AAAA-AAAA', `${strange} `, 'null']) {
      report.halfTries += 1;
      await end(signIn(actor, code));
    }
  }
  report.halfSessions = (await sessions()) - before;

  for (const weaker of [{ memoryCost: 8_192, timeCost: 1 }, { memoryCost: 19_456, timeCost: 1 }, { memoryCost: 12_288, timeCost: 3 }]) {
    await setPassword(await hash(PASSWORD, weaker), a.student.personId);
    // Two at once: both find the old hash, and one of them the other's new one.
    const [first, beside] = await Promise.all([end(signIn(a.student, null)), end(signIn(a.student, null))]);
    const [row] = await database.sql<{ held: string }>('select password_hash as held from person where id = $1', [a.student.personId]);
    const again = await end(signIn(a.student, null));
    if (!NOW_USED.test(row?.held ?? '') || first !== 'done' || beside !== 'done' || again !== 'done') report.stale.push(`${JSON.stringify(weaker)}: ${first}, ${beside}, ${row?.held.slice(0, 30)}, ${again}`);
  }
  return report;
}
