import { jest } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import type { Actor } from '@meriden/domain';
import { AccessService, PasskeyService, SecondFactorService } from '@meriden/services';
import { Secret, TOTP } from 'otpauth';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { startServices, type TestServices } from '../support/services.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { twoColleges, type TwoColleges } from '../support/two-colleges.js';

jest.setTimeout(60_000);

const PASSWORD = 'kettle umbrella gravel';
let database: TestDatabase;
let services: TestServices;
let world: TwoColleges;
let access: AccessService;
let factor: SecondFactorService;
let passkeys: PasskeyService;
let now = 0;

beforeAll(async () => {
  database = await startTestDatabase();
  services = await startServices(database);
  world = await database.asOwner(twoColleges);
  [access, factor, passkeys] = [services.get(AccessService), services.get(SecondFactorService), services.get(PasskeyService)];
  await database.sql('update person set password_hash = $1', [await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })]);
  await database.sql('delete from recovery_code');
  await database.sql('delete from passkey');
});
afterAll(async () => {
  await services.end();
  await database.end();
});

const refusal = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: { code?: string }) => error.code ?? String(error));
const emailOf = (actor: Actor): string => `${actor.personId}@example.org`;
/** A code of the next time step: each works once. */
const codeOf = (secret: string): string => {
  services.forward(30_000);
  now += 30_000;
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + now });
};
const signIn = (actor: Actor, code: string | null, password = PASSWORD) =>
  access.signIn({ email: emailOf(actor), password, code, organisationId: null, kind: 'BEARER', address: null, device: null });

describe('a second factor', () => {
  it('is in force once its first code was seen; recovery codes work once; the token of before is worth nothing', async () => {
    const { staff } = world.a;
    const token = await access.issueToken(emailOf(staff), 600);
    const { actor } = token;
    expect(await refusal(signIn(staff, '000000'))).toBe('SECOND_FACTOR_REQUIRED');
    const started = await factor.begin(actor);
    expect(started.uri).toContain(started.secret);
    expect(await database.uow.readAs(actor, (tx) => factor.standing(tx, actor))).toEqual({ totp: false, recoveryCodesLeft: 0 });
    const confirm = (more: object = {}) => factor.confirm(actor, { ticket: started.ticket, code: codeOf(started.secret), password: PASSWORD, address: null, ...more });
    expect(await refusal(confirm({ password: 'wrong' }))).toBe('SIGN_IN_FAILED');
    expect(await refusal(confirm({ code: '000000' }))).toBe('SECOND_FACTOR_WRONG');
    expect(await refusal(confirm({ ticket: 'x' }))).toBe('LINK_SPENT');
    expect(await refusal(confirm({ ticket: (await factor.begin((await access.issueToken(emailOf(world.b.staff), 60)).actor)).ticket }))).toBe('LINK_SPENT');
    const { recoveryCodes, signedIn } = await confirm();
    expect(recoveryCodes).toHaveLength(10);
    expect([await access.actorOf(token.token), (await access.actorOf(signedIn.token))?.actor.personId]).toEqual([null, staff.personId]);
    expect(await refusal(signIn(staff, codeOf(started.secret)))).toBe('done');
    const [first = ''] = recoveryCodes;
    expect(await refusal(signIn(staff, first.toLowerCase().replaceAll('-', ' ')))).toBe('done');
    expect(await refusal(signIn(staff, first))).toBe('SECOND_FACTOR_WRONG');
    expect(await database.uow.readAs(signedIn.actor, (tx) => factor.standing(tx, signedIn.actor))).toEqual({ totp: true, recoveryCodesLeft: 9 });
    expect(JSON.stringify(await database.sql('select * from recovery_code'))).not.toContain(first.replaceAll('-', ''));
    const renewed = await factor.renewRecoveryCodes(signedIn.actor, { password: PASSWORD, address: null });
    expect(await refusal(signIn(staff, recoveryCodes[1] ?? ''))).toBe('SECOND_FACTOR_WRONG');
    expect(await refusal(signIn(staff, renewed[0] ?? ''))).toBe('done');
  });

  it('that is lost is replaced by an operator with a reason, and everything of before ends', async () => {
    const { operator, b } = world;
    const before = await access.issueToken(emailOf(b.staff), 600);
    expect(await refusal(factor.resetFor(operator, { email: emailOf(b.staff), reason: 'lost' }))).toBe('REASON_REQUIRED');
    expect(await refusal(factor.resetFor(b.host, { email: emailOf(b.staff), reason: 'Seen in person today.' }))).toBe('FORBIDDEN');
    const secret = await factor.resetFor(operator, { email: emailOf(b.staff), reason: 'Seen in person today.' });
    expect(await access.actorOf(before.token)).toBeNull();
    expect(await refusal(signIn(b.staff, codeOf(secret)))).toBe('done');
  });
});

it('a changed password ends all other sessions and gives this one a new token; a guessable one is refused', async () => {
  const { student } = world.b;
  const [here, there] = [await signIn(student, null), await signIn(student, null)];
  const change = (newPassword: string, password = PASSWORD) => factor.changePassword(here.actor, { password, newPassword, address: null });
  expect(await refusal(change('seven otters juggle', 'wrong'))).toBe('SIGN_IN_FAILED');
  expect(await refusal(change('Password2026!'))).toBe('PASSWORD_GUESSABLE');
  const { token } = await change('seven otters juggle');
  expect([await access.actorOf(here.token), await access.actorOf(there.token)]).toEqual([null, null]);
  expect((await access.actorOf(token))?.actor.personId).toBe(student.personId);
  expect([await refusal(signIn(student, null)), await refusal(signIn(student, null, 'seven otters juggle'))]).toEqual(['SIGN_IN_FAILED', 'done']);
});

describe('a passkey', () => {
  const proof = { password: PASSWORD, address: null };
  const register = async (actor: Actor, device: SoftwareAuthenticator, label = 'Blue telephone') => {
    const { options, ticket } = await passkeys.askToRegister(actor, proof);
    return passkeys.register(actor, { ticket, response: device.register(options), label });
  };
  const enter = async (device: SoftwareAuthenticator) => {
    const { options, ticket } = await passkeys.askToSignIn();
    return { ticket, response: device.signIn(options), organisationId: null, address: null };
  };

  it('opens a staff session with no code, and its challenge works once', async () => {
    const { host } = world.a;
    const device = new SoftwareAuthenticator(services.config.publicOrigin);
    const key = await register(host, device);
    const answer = await enter(device);
    const opened = await passkeys.signIn(answer);
    expect(opened.actor).toMatchObject({ personId: host.personId, role: 'EMPLOYER' });
    expect(await access.actorOf(opened.token)).not.toBeNull();
    expect(['LINK_SPENT', 'SIGN_IN_FAILED']).toContain(await refusal(passkeys.signIn(answer)));
    services.forward(2_000);
    now += 2_000;
    expect(await refusal(passkeys.signIn(await enter(device)))).toBe('done');
    expect(await refusal(passkeys.remove(world.b.host, key.id))).toBe('NOT_FOUND');
    await passkeys.remove(host, key.id);
    expect(await refusal(passkeys.signIn(await enter(device)))).toBe('SIGN_IN_FAILED');
    expect(await database.uow.readAs(host, (tx) => passkeys.list(tx, host))).toEqual([]);
  });

  it('is added by whoever gives the password again, or without one a fresh code, and by nobody who only found the session open', async () => {
    const { host } = world.a;
    const asked = (more: object) => refusal(passkeys.askToRegister(host, { ...proof, ...more }));
    expect([await asked({ password: '' }), await asked({ password: 'wrong' }), await asked({ password: '', code: '000000' })]).toEqual(['SIGN_IN_FAILED', 'SIGN_IN_FAILED', 'SIGN_IN_FAILED']);
    expect(await asked({})).toBe('done');
    // Wrong proofs count like wrong sign-ins, and five are enough for now.
    services.forward(15 * 60_000);
    now += 15 * 60_000;
    const secret = await factor.resetFor(world.operator, { email: emailOf(host), reason: 'Seen in person today.' });
    const [held] = await database.sql<{ hash: string }>('select password_hash as hash from person where id = $1', [host.personId]);
    await database.sql('update person set password_hash = null where id = $1', [host.personId]);
    const code = codeOf(secret);
    expect([await asked({}), await asked({ code: '000000' }), await asked({ code }), await asked({ code })]).toEqual(['SIGN_IN_FAILED', 'SECOND_FACTOR_WRONG', 'done', 'SECOND_FACTOR_WRONG']);
    await database.sql('update person set password_hash = $2 where id = $1', [host.personId, held?.hash]);
  });

  it('that was on its way when the password or the authenticator was replaced is not added: it would outlive what was to end it', async () => {
    const { host } = world.a;
    const answered = async () => {
      const { options, ticket } = await passkeys.askToRegister(host, proof);
      return { ticket, response: new SoftwareAuthenticator(services.config.publicOrigin).register(options), label: 'Red telephone' };
    };
    const held = (): Promise<readonly unknown[]> => database.uow.readAs(host, (tx) => passkeys.list(tx, host));
    const replaced = [
      (): Promise<unknown> => factor.resetFor(world.operator, { email: emailOf(host), reason: 'Seen in person today.' }),
      (): Promise<unknown> => database.sql(`update person set password_hash = password_hash || ' ' where id = $1`, [host.personId]),
    ];
    for (const replace of replaced) {
      const late = await answered();
      await replace();
      expect(await refusal(passkeys.register(host, late))).toBe('LINK_SPENT');
    }
    await database.sql('update person set password_hash = trim(password_hash) where id = $1', [host.personId]);
    expect(await held()).toEqual([]);
    expect(await refusal(passkeys.register(host, await answered()))).toBe('done');
    for (const key of await database.uow.readAs(host, (tx) => passkeys.list(tx, host))) await passkeys.remove(host, key.id);
  });

  it('is not the only thing that may come late: recovery codes asked for before the password was replaced do not take the place of those there', async () => {
    const { host } = world.a;
    const codes = (): Promise<readonly unknown[]> => database.sql('select code_hash from recovery_code where person_id = $1 order by 1', [host.personId]);
    await factor.renewRecoveryCodes(host, proof);
    const before = await codes();
    const proven = factor.proven.bind(factor);
    const between = jest.spyOn(factor, 'proven').mockImplementationOnce(async (actor, given) => {
      const person = await proven(actor, given);
      await database.sql(`update person set password_hash = password_hash || ' ' where id = $1`, [host.personId]);
      return person;
    });
    expect(await refusal(factor.renewRecoveryCodes(host, proof))).toBe('SESSION_ENDED');
    between.mockRestore();
    expect(await codes()).toEqual(before);
    await database.sql('update person set password_hash = trim(password_hash) where id = $1', [host.personId]);
    expect(await refusal(factor.renewRecoveryCodes(host, proof))).toBe('done');
    expect(await codes()).not.toEqual(before);
  });

  it('of another site, of a device that does not make sure of its user, with a foreign ticket or a copied counter is refused', async () => {
    const { host, staff } = world.b;
    const device = new SoftwareAuthenticator(services.config.publicOrigin);
    expect(await refusal(register(host, new SoftwareAuthenticator('https://elsewhere.example')))).toBe('FIELD_INVALID');
    expect(await refusal(register(host, new SoftwareAuthenticator(services.config.publicOrigin, false)))).toBe('FIELD_INVALID');
    const { options, ticket } = await passkeys.askToRegister(host, proof);
    expect(await refusal(passkeys.register(staff, { ticket, response: device.register(options), label: 'x' }))).toBe('LINK_SPENT');
    for (const response of [null, {}, 'text', { id: 'x', rawId: 'x', type: 'public-key', response: {} }]) {
      expect(await refusal(passkeys.register(host, { ticket, response, label: 'x' }))).toBe('FIELD_INVALID');
    }
    await register(host, device);
    services.forward(2_000);
    now += 2_000;
    expect(await refusal(passkeys.signIn(await enter(device)))).toBe('done');
    services.forward(2_000);
    now += 2_000;
    device.counter = 0;
    expect(await refusal(passkeys.signIn(await enter(device)))).toBe('SIGN_IN_FAILED');
    const late = await enter(device);
    services.forward(6 * 60_000);
    now += 6 * 60_000;
    expect(await refusal(passkeys.signIn(late))).toBe('LINK_SPENT');
  });
});
