import { Injectable } from '@nestjs/common';
import { canonicalJson, notFound, versionConflict, type Actor, type Learner, type LearnerId, type LearnerProfile, type Person } from '@meriden/domain';
import { LearnerStore, MembershipStore, PersonStore, type Tx } from '@meriden/persistence';
import { uuid } from '@meriden/platform';
import { Desk } from './desk.js';
import { ReferenceService } from './reference.service.js';
import { Faults } from './validate/faults.js';
import { checkEnrolment, checkProfile, type Enrolment } from './validate/learner.js';

/** Learners: enrolled by their provider, profiles changed by themselves or their provider. */
@Injectable()
export class LearnerService {
  constructor(
    private readonly desk: Desk,
    private readonly learners: LearnerStore,
    private readonly people: PersonStore,
    private readonly memberships: MembershipStore,
    private readonly reference: ReferenceService,
  ) {}

  /** A learner joins the provider of the acting member of staff. An e-mail address makes the person who can sign in later. */
  async enrol(actor: Actor, input: Enrolment & Readonly<{ idempotencyKey: string }>): Promise<Learner> {
    const { idempotencyKey, ...enrolment } = input;
    return this.desk.writeOnce(actor, 'enrol a learner', { operation: 'enrol', idempotencyKey, input: enrolment }, async (tx) => {
      const [learner] = await this.enrolIn(tx, actor, [enrolment]);
      return learner as Learner;
    });
  }

  /**
   * Many at once, all or nothing; for imports and the demonstration region.
   *
   * @param scoring EACH asks for the suggestions of each learner now; LATER leaves them to the pass over the region that the
   * caller asks for afterwards: one pass is far cheaper than a job for each.
   */
  async enrolMany(actor: Actor, enrolments: readonly Enrolment[], scoring: 'EACH' | 'LATER' = 'EACH'): Promise<readonly Learner[]> {
    return this.desk.write(actor, 'enrol a learner', (tx) => this.enrolIn(tx, actor, enrolments, scoring));
  }

  async reviseProfile(
    actor: Actor,
    input: Readonly<{ learnerId: LearnerId; version: number; profile: Partial<LearnerProfile> }>,
  ): Promise<Learner> {
    return this.desk.write(actor, 'change a profile', (tx) => this.reviseIn(tx, actor, input));
  }

  /** The same within the transaction of whatever leads to it, such as a question about a score. The caller has the permission. */
  async reviseIn(
    tx: Tx,
    actor: Actor,
    input: Readonly<{ learnerId: LearnerId; version: number; profile: Partial<LearnerProfile> }>,
    path: readonly string[] = ['input'],
  ): Promise<Learner> {
    const learner = this.desk.visible(actor, 'learner', await this.learners.byId(tx, input.learnerId), [...path, 'learnerId']);
    if (learner.version !== input.version) throw versionConflict('learner', learner.version, input.version);
    if (actor.role === 'LEARNER') refuseProviderFields(learner, input.profile);
    const revised: Learner = { ...learner, ...input.profile, id: learner.id, version: input.version + 1 };
    checkProfile(revised, this.reference, learner.dateOfBirth, this.desk.clock.today(), path);
    await this.learners.save(tx, revised);
    await this.desk.record(tx, actor, 'changed the profile of', 'learner', learner.id, { version: revised.version });
    await this.desk.dispatch(tx, actor, 'score-learner', { learnerId: learner.id, version: revised.version });
    return revised;
  }

  private async enrolIn(tx: Tx, actor: Actor, enrolments: readonly Enrolment[], scoring: 'EACH' | 'LATER' = 'EACH'): Promise<readonly Learner[]> {
    const today = this.desk.clock.today();
    const enrolled: Learner[] = [];
    const people = new Map<LearnerId, Person>();
    for (const enrolment of enrolments) {
      checkEnrolment(enrolment, this.reference, today);
      const { email, profile, ...rest } = enrolment;
      const id = uuid();
      if (email !== null) people.set(id, newPerson(email, `${enrolment.givenName.trim()} ${enrolment.familyName.trim()}`));
      enrolled.push({ ...profile, ...rest, id, organisationId: actor.organisationId, personId: null, version: 1 });
    }
    // An address that somebody has already makes no account and no refusal: either would tell whom another organisation knows.
    const written = await this.people.insertUnknown(tx, [...people.values()]);
    const rows = enrolled.map((learner): Learner => {
      const person = people.get(learner.id);
      return { ...learner, personId: person !== undefined && written.has(person.id) ? person.id : null };
    });
    await this.learners.insertMany(tx, rows);
    for (const row of rows) {
      if (row.personId !== null) {
        await this.memberships.insert(tx, {
          id: uuid(),
          personId: row.personId,
          organisationId: row.organisationId,
          role: 'LEARNER',
          learnerId: row.id,
        });
      }
      await this.desk.record(tx, actor, 'enrolled', 'learner', row.id);
      if (scoring === 'EACH') await this.desk.dispatch(tx, actor, 'score-learner', { learnerId: row.id, version: 1 });
    }
    return rows;
  }

  /** The learner record of the acting learner. */
  async own(actor: Actor): Promise<Learner> {
    return this.desk.uow.readAs(actor, async (tx) => {
      if (actor.learnerId === null) throw notFound('learner');
      return this.desk.visible(actor, 'learner', await this.learners.byId(tx, actor.learnerId));
    });
  }
}

/** Somebody who can sign in once a password is set. */
export function newPerson(email: string, name: string): Person {
  return { id: uuid(), email: email.toLowerCase(), name, passwordHash: null, totpSecret: null, totpLastStep: null, disabled: false };
}

/** What opens gates is the provider's to say: the programme, its hours and level, funding, and checks that were seen. */
const PROVIDER_FIELDS = ['qualificationId', 'level', 'requiredHours', 'fundingSourceIds', 'checks'] as const;

function refuseProviderFields(learner: Learner, profile: Partial<LearnerProfile>): void {
  const faults = new Faults(['input', 'profile']);
  const rule = 'Programme, level, hours, funding and checks are recorded by the provider, who has seen the proof.';
  for (const field of PROVIDER_FIELDS) {
    if (profile[field] === undefined || canonicalJson(profile[field]) === canonicalJson(learner[field])) continue;
    faults.add('FORBIDDEN', field, `A learner cannot change ${field}.`, rule, 'Ask your provider to change it.');
  }
  const known = new Map(learner.skills.map((skill) => [skill.skillId, skill.source]));
  profile.skills?.forEach((skill, i) => {
    if (skill.source === 'STATED' || known.get(skill.skillId) === skill.source) return;
    faults.add('FORBIDDEN', ['skills', i, 'source'], 'A learner cannot mark a skill as assessed or certified.', rule, 'State the skill, and ask your provider to confirm it.');
  });
  faults.refuseIfAny();
}
