import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import type { Actor, OrganisationId } from '@meriden/domain';
import { AccessService, EventsService, InvitationService, MailService, MemberService, PasswordResetService } from '@meriden/services';
import { Secret, TOTP } from 'otpauth';
import { SMTPServer } from 'smtp-server';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { startServices, type TestServices } from '../support/services.js';
import { twoColleges, type TwoColleges } from '../support/two-colleges.js';

jest.setTimeout(60_000);

const PASSWORD = 'kettle umbrella gravel';
const DAY = 86_400_000;
let database: TestDatabase;
let services: TestServices;
let world: TwoColleges;
let invitations: InvitationService;
let members: MemberService;
let resets: PasswordResetService;
let access: AccessService;

beforeAll(async () => {
  database = await startTestDatabase();
  services = await startServices(database);
  world = await database.asOwner(twoColleges);
  [invitations, members, resets, access] = [services.get(InvitationService), services.get(MemberService), services.get(PasswordResetService), services.get(AccessService)];
  await database.sql('update person set password_hash = $1', [await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })]);
});
afterAll(async () => {
  await services.end();
  await database.end();
});

const refusal = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: { code?: string }) => error.code ?? String(error));
const teamOf = (actor: Actor, organisationId: OrganisationId | null) => database.uow.readAs(actor, (tx) => members.team(tx, actor, organisationId));
const emailOf = (actor: Actor): string => `${actor.personId}@example.org`;
const folder = (): string => join(services.config.dataDir, 'mail');
const letters = (): string[] => (existsSync(folder()) ? readdirSync(folder()).map((file) => readFileSync(join(folder(), file), 'utf8')) : []);

/** Does the mail jobs that wait, each `times` times, as a queue may. */
async function deliver(times = 1, mail = services.get(MailService)): Promise<number> {
  const due = await database.sql<{ id: string; mail: string }>(`select id, payload ->> 'mailId' as mail from command where kind = 'send-mail' and state = 'ACCEPTED'`);
  for (const { id, mail: mailId } of due) for (let i = 0; i < times; i++) await mail.send({ commandId: id, mailId });
  return due.length;
}

/** The token in the letter to an address, out of quoted-printable; `but` are letters of before. */
function tokenTo(email: string, but: readonly string[] = []): string {
  const letter = letters().find((text) => !but.includes(text) && (text.includes(`To: ${email}`) || text.includes(`<${email}>`))) ?? '';
  const text = letter.replaceAll('=\n', '').replaceAll('=\r\n', '').replaceAll('=3D', '=');
  return /\/(?:accept|reset)\/([\w-]{43})/.exec(text)?.[1] ?? '';
}

const invite = (actor: Actor, email: string, more: Partial<Parameters<InvitationService['invite']>[1]> = {}) =>
  invitations.invite(actor, { idempotencyKey: randomUUID(), email, role: actor.role, organisationId: null, learnerId: null, ...more });
const accept = (token: string, more: object = {}, signedIn: Actor | null = null) =>
  invitations.accept(signedIn, { token, name: 'Rowan Example', password: 'seven otters juggle', organisationName: null, address: null, ...more });
const code = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate();

describe('an invitation', () => {
  it('goes out once by a job that holds ids alone, opens an account once, and the first sign-in needs its second factor', async () => {
    const email = `${randomUUID()}@employer.example`;
    const key = randomUUID();
    const sent = await invite(world.a.host, email, { idempotencyKey: key });
    expect((await invite(world.a.host, email, { idempotencyKey: key })).id).toBe(sent.id);
    expect(await deliver(3)).toBe(1);
    expect(letters()).toHaveLength(1);
    const token = tokenTo(email);
    const dump = JSON.stringify(await Promise.all(['command', 'outbox', 'invitation', 'mail', 'audit_entry', 'idempotent_answer'].map((table) => database.sql(`select * from ${table}`))));
    expect(token).toHaveLength(43);
    expect(dump).not.toContain(token);
    expect(JSON.stringify(await database.sql('select payload from outbox'))).not.toContain('@');
    expect(await database.sql(`select address, sent_at is not null as sent from mail where kind = 'INVITATION'`)).toEqual([{ address: null, sent: true }]);
    expect(await invitations.look(token, null)).toMatchObject({ organisationName: world.a.employer.name, role: 'EMPLOYER', email, hasAccount: false });
    expect(await refusal(accept(token, { password: 'Password12345' }))).toBe('PASSWORD_GUESSABLE');
    expect(await refusal(accept(token, { name: ' ' }))).toBe('FIELD_REQUIRED');
    const outcomes = await Promise.allSettled([accept(token), accept(token), accept(token)]);
    const joined = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(joined).toHaveLength(1);
    expect(await refusal(accept(token))).toBe('LINK_SPENT');
    expect(await refusal(invitations.look(token, null))).toBe('LINK_SPENT');
    const { totpSecret = '', recoveryCodes = [] } = joined[0] ?? {};
    expect(recoveryCodes).toHaveLength(10);
    const signIn = (given: string | null) => access.signIn({ email, password: 'seven otters juggle', code: given, organisationId: null, kind: 'BEARER', address: null, device: null });
    expect(await refusal(signIn(null))).toBe('SECOND_FACTOR_REQUIRED');
    expect((await signIn(code(totpSecret ?? ''))).actor).toMatchObject({ role: 'EMPLOYER', organisationId: world.a.employer.id });
  });

  it('is for the own organisation and the roles it has; a provider invites its own learners too', async () => {
    const { a, b, operator } = world;
    const email = `${randomUUID()}@college.example`;
    expect(await refusal(invite(a.host, email, { organisationId: b.employer.id }))).toBe('NOT_FOUND');
    expect(await refusal(invite(a.host, email, { role: 'PROVIDER_STAFF' }))).toBe('FORBIDDEN');
    expect(await refusal(invite(a.staff, email, { role: 'OPERATOR' }))).toBe('FORBIDDEN');
    expect(await refusal(invite(a.student, email))).toBe('FORBIDDEN');
    expect(await refusal(invite(a.staff, email, { role: 'LEARNER', learnerId: b.learner.id }))).toBe('NOT_FOUND');
    expect(await refusal(invite(a.staff, 'not an address'))).toBe('FIELD_INVALID');
    expect(await refusal(invite(operator, email, { role: 'EMPLOYER', organisationId: a.provider.id }))).toBe('FIELD_INVALID');
    const learner = await invite(a.staff, email, { role: 'LEARNER', learnerId: a.learner.id });
    await teamOf(a.staff, null).then(({ invitations: open }) => expect(open.map(({ id }) => id)).toContain(learner.id));
    await deliver();
    expect(await accept(tokenTo(email))).toMatchObject({ role: 'LEARNER', totpSecret: null, recoveryCodes: [] });
  });

  it('to somebody who has an account is accepted while signed in with it, and by nobody else', async () => {
    const email = emailOf(world.b.student);
    await invite(world.a.host, email);
    await deliver();
    const token = tokenTo(email);
    expect(await invitations.look(token, null)).toMatchObject({ hasAccount: true });
    expect(await refusal(accept(token))).toBe('FORBIDDEN');
    expect(await refusal(accept(token, {}, world.b.host))).toBe('FORBIDDEN');
    const { role, totpSecret, recoveryCodes } = await accept(token, {}, world.b.student);
    expect([role, recoveryCodes.length]).toEqual(['EMPLOYER', 10]);
    // Staff rights are opened with a second factor, whoever had an account without one before; who has set one up keeps it.
    const signIn = (given: string | null) => access.signIn({ email, password: PASSWORD, code: given, organisationId: world.a.employer.id, kind: 'BEARER', address: null, device: null });
    expect(await refusal(signIn(null))).toBe('SECOND_FACTOR_REQUIRED');
    expect((await signIn(code(totpSecret ?? ''))).actor.role).toBe('EMPLOYER');
    const before = letters();
    await invite(world.a.staff, email);
    await deliver();
    expect(await accept(tokenTo(email, before), {}, world.b.student)).toMatchObject({ role: 'PROVIDER_STAFF', totpSecret: null, recoveryCodes: [] });
    expect(await database.sql('select count(*) as n from recovery_code where person_id = $1', [world.b.student.personId])).toEqual([{ n: 10 }]);
    const [memberships] = await database.sql<{ n: number }>('select count(*) as n from membership where person_id = $1 and ended_at is null', [world.b.student.personId]);
    expect(memberships?.n).toBe(3);
  });

  it('gives an account that waited for its first password the second factor it shows; whoever is signed in as another does not accept it', async () => {
    const email = `${randomUUID()}@employer.example`;
    const { totpSecret: old } = await access.createAccount(world.operator, { email, name: 'Waiting Example', password: null, role: 'EMPLOYER', organisationId: world.a.employer.id, learnerId: null });
    await invite(world.a.host, email);
    await deliver();
    expect(await refusal(accept(tokenTo(email), {}, world.b.host))).toBe('FORBIDDEN');
    const { totpSecret } = await accept(tokenTo(email));
    expect(totpSecret).not.toBe(old);
    const signIn = (secret: string | null) => access.signIn({ email, password: 'seven otters juggle', code: code(secret ?? ''), organisationId: null, kind: 'BEARER', address: null, device: null });
    expect([await refusal(signIn(old)), await refusal(signIn(totpSecret))]).toEqual(['SECOND_FACTOR_WRONG', 'done']);
  });

  it('that was withdrawn or has run out opens nothing; another organisation cannot withdraw it', async () => {
    const [first, second] = [`${randomUUID()}@employer.example`, `${randomUUID()}@employer.example`];
    const sent = await invite(world.a.host, first);
    await invite(world.a.host, second);
    await deliver();
    expect(await refusal(invitations.withdraw(world.b.host, sent.id))).toBe('NOT_FOUND');
    await invitations.withdraw(world.a.host, sent.id);
    expect(await refusal(accept(tokenTo(first)))).toBe('LINK_SPENT');
    services.forward(15 * DAY);
    expect(await refusal(accept(tokenTo(second)))).toBe('LINK_SPENT');
    for (const nonsense of ['', 'x'.repeat(43), 'y'.repeat(5_000)]) expect(await refusal(accept(nonsense))).toBe('LINK_SPENT');
  });

  it('founds an organisation under the name its first person confirms, if no other has it', async () => {
    const email = `${randomUUID()}@clinic.example`;
    const founding = { name: 'Quartz Clinic (fictional)', roles: ['EMPLOYER'], ukprn: null, odsCode: null, fictional: true } as const;
    const send = (actor: Actor, role: 'EMPLOYER' | 'PROVIDER_STAFF' = 'EMPLOYER') => invitations.inviteOrganisation(actor, { idempotencyKey: randomUUID(), email, role, founding });
    expect(await refusal(send(world.a.staff))).toBe('FORBIDDEN');
    expect(await refusal(send(world.operator, 'PROVIDER_STAFF'))).toBe('FIELD_INVALID');
    await send(world.operator);
    await deliver();
    const token = tokenTo(email);
    expect(await refusal(accept(token, { organisationName: world.a.employer.name.toUpperCase() }))).toBe('ALREADY_EXISTS');
    expect(await refusal(accept(token))).toBe('FIELD_REQUIRED');
    await accept(token, { organisationName: 'Quartz Clinic Walsall (fictional)' });
    const found = await database.sql('select o.name, m.role from organisation o join membership m on m.organisation_id = o.id join person p on p.id = m.person_id where p.email = $1', [email]);
    expect(found).toEqual([{ name: 'Quartz Clinic Walsall (fictional)', role: 'EMPLOYER' }]);
  });
});

describe('a membership', () => {
  it('ends at once and is told, but never the last one; another organisation’s is not there', async () => {
    const told = jest.spyOn(services.get(EventsService), 'rightsChanged');
    const { host } = world.b;
    expect(await refusal(members.end(host, host.membershipId))).toBe('LAST_MEMBER');
    expect(await refusal(members.end(world.a.host, host.membershipId))).toBe('NOT_FOUND');
    expect(await refusal(members.end(world.b.student, host.membershipId))).toBe('FORBIDDEN');
    const email = `${randomUUID()}@employer.example`;
    await invite(host, email);
    await deliver();
    await accept(tokenTo(email));
    const { members: both } = await teamOf(host, null);
    expect(both).toHaveLength(2);
    const colleague = both.find((member) => member.email === email);
    const { token } = await access.issueToken(email, 600);
    // Both at once: whoever comes second would be the last.
    const ends = await Promise.all(both.map(({ membershipId }) => refusal(members.end(world.operator, membershipId))));
    expect(ends.sort()).toEqual(['LAST_MEMBER', 'done']);
    const [left] = (await teamOf(world.operator, world.b.employer.id)).members;
    expect(left?.membershipId === colleague?.membershipId).toBe((await access.actorOf(token)) !== null);
    expect(told).toHaveBeenCalledTimes(1);
    told.mockRestore();
    expect(await refusal(teamOf(world.a.host, world.b.employer.id))).toBe('NOT_FOUND');
    expect(await refusal(teamOf(world.a.student, null))).toBe('FORBIDDEN');
  });

  it('of an account that an operator shut opens nothing until it is opened again', async () => {
    const { token } = await access.issueToken(emailOf(world.a.student), 600);
    expect(await refusal(members.shutAccount(world.a.staff, { email: emailOf(world.a.student), shut: true }))).toBe('FORBIDDEN');
    expect(await refusal(members.shutAccount(world.operator, { email: emailOf(world.operator), shut: true }))).toBe('NOT_FOUND');
    await members.shutAccount(world.operator, { email: emailOf(world.a.student), shut: true });
    expect([await access.actorOf(token), await refusal(access.issueToken(emailOf(world.a.student), 60))]).toEqual([null, 'NOT_FOUND']);
    await members.shutAccount(world.operator, { email: emailOf(world.a.student), shut: false });
    expect(await refusal(access.issueToken(emailOf(world.a.student), 60))).toBe('done');
  });
});

describe('a forgotten password', () => {
  it('takes the same statements and leaves the same rows for a known and an unknown address; only the known one gets a letter', async () => {
    const count = async () => (await database.sql<{ n: string }>(`select (select count(*) from password_reset) || ' ' || (select count(*) from mail) || ' ' || (select count(*) from command) as n`))[0]?.n;
    const cost = async (email: string) => {
      const before = (await count())?.split(' ').map(Number) ?? [];
      const statements = await services.statements(() => resets.request({ email, address: null }));
      const after = (await count())?.split(' ').map(Number) ?? [];
      return { statements, rows: after.map((n, i) => n - (before[i] ?? 0)) };
    };
    const [known, unknown] = [emailOf(world.a.staff), `${randomUUID()}@example.org`];
    expect(await cost(unknown)).toEqual(await cost(known));
    const before = letters().length;
    expect(await deliver(2)).toBe(2);
    expect(letters().length - before).toBe(1);
    expect(tokenTo(known)).toHaveLength(43);
  });

  it('is replaced once within half an hour; every session ends, passkeys and links are forgotten, and the second factor still stands', async () => {
    const email = emailOf(world.a.staff);
    const session = await access.issueToken(email, 600);
    const complete = (password: string) => resets.complete({ token: tokenTo(email), password, address: null });
    expect(await refusal(complete('Password12345'))).toBe('PASSWORD_GUESSABLE');
    const keys = () => database.sql<{ n: number }>('select (select count(*) from passkey where person_id = $1) + (select count(*) from federated_identity where person_id = $1) as n', [world.a.staff.personId]);
    expect(await keys()).toEqual([{ n: 2 }]);
    const both = await Promise.all([refusal(complete('twelve violet kettles')), refusal(complete('twelve violet kettles'))]);
    expect(both.sort()).toEqual(['LINK_SPENT', 'done']);
    expect(await keys()).toEqual([{ n: 0 }]);
    expect(await access.actorOf(session.token)).toBeNull();
    const signIn = (password: string) => access.signIn({ email, password, code: null, organisationId: null, kind: 'BEARER', address: null, device: null });
    expect([await refusal(signIn(PASSWORD)), await refusal(signIn('twelve violet kettles'))]).toEqual(['SIGN_IN_FAILED', 'SECOND_FACTOR_REQUIRED']);
    const other = emailOf(world.b.staff);
    await resets.request({ email: other, address: null });
    await deliver();
    services.forward(31 * 60_000);
    expect(await refusal(resets.complete({ token: tokenTo(other), password: 'twelve violet kettles', address: null }))).toBe('LINK_SPENT');
    expect(await refusal(resets.complete({ token: 'x'.repeat(43), password: 'twelve violet kettles', address: null }))).toBe('LINK_SPENT');
  });
});

it('through a mail server a letter carries the command’s id; a server that is away is tried again, and nothing is noted', async () => {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        received.push(text);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  const posting = await startServices(database, { SMTP_URL: `smtp://127.0.0.1:${port}` });
  const away = await startServices(database, { SMTP_URL: 'smtp://127.0.0.1:1' });
  try {
    const email = `${randomUUID()}@employer.example`;
    await posting.get(InvitationService).invite(world.a.host, { idempotencyKey: randomUUID(), email, role: 'EMPLOYER', organisationId: null, learnerId: null });
    expect(await refusal(deliver(1, away.get(MailService)))).not.toBe('done');
    expect(await deliver(2, posting.get(MailService))).toBe(1);
    expect(received).toHaveLength(1);
    const [command] = await database.sql<{ id: string }>(`select c.id from command c join inbox i on i.command_id = c.id where c.kind = 'send-mail' order by i.done_at desc limit 1`);
    expect(received[0]).toContain(`X-Meriden-Command: ${command?.id}`);
    expect(received[0]).toContain(`Message-ID: <${command?.id}@`);
  } finally {
    await Promise.all([posting.end(), away.end()]);
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
});
