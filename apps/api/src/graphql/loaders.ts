import DataLoader from 'dataloader';
import type { Actor, CandidateDecision, ChallengeNote, DryRun, Learner, LearnerId, Noun, Organisation, Proposal, Round, Scope, Suggestion, Vacancy, VacancyChoice } from '@meriden/domain';
import type { CandidateView, LearnerStage, Tx } from '@meriden/persistence/reads';
import type { ReadShelf } from './read-shelf.js';

/** What loaders read through: an operation. */
type Reader = Readonly<{ shelf: ReadShelf; read<T>(work: (tx: Tx, actor: Actor) => Promise<T>): Promise<T> }>;

/** Rows by id, many ids in one statement, null for what is not the caller's to see. Made anew for each operation. */
type ById<Row> = DataLoader<string, Row | null>;

export type Loaders = Readonly<{
  organisation: ById<Organisation>;
  learner: ById<Learner>;
  vacancy: ById<Vacancy>;
  round: ById<Round>;
  /** The trials of a round, the newest first. */
  dryRuns: DataLoader<string, readonly DryRun[]>;
  candidate: ById<CandidateView>;
  proposal: ById<Proposal>;
  /** The caller's own candidate behind a learner's id; for employers. */
  candidateOf: ById<CandidateView>;
  /** What an employer decided, by candidate. */
  candidateDecision: ById<CandidateDecision>;
  /** What a learner did with a vacancy, by `learnerId:vacancyId`. */
  vacancyChoice: ById<VacancyChoice>;
  /** What was said about a question. */
  challengeNotes: DataLoader<string, ChallengeNote[]>;
  /** How far a learner has come. */
  stage: ById<LearnerStage>;
  /** The best suggestions of a learner, by how many are wanted: lists of one length share a statement. */
  best: (first: number) => DataLoader<LearnerId, Suggestion[]>;
}>;

/** Ids a statement: a page of a page of objects, well within what one statement takes. */
const BATCH = 1_000;

export function buildLoaders(reader: Reader): Loaders {
  const { shelf } = reader;
  const scoped = <Value>(noun: Noun, read: (tx: Tx, scope: Scope, ids: readonly string[], actor: Actor) => Promise<Value[]>) =>
    new DataLoader<string, Value>((ids) => reader.read((tx, actor) => read(tx, shelf.scope(actor, noun), ids, actor)), { maxBatchSize: BATCH });
  const best = new Map<number, DataLoader<LearnerId, Suggestion[]>>();
  return {
    organisation: scoped('organisation', (tx, scope, ids) => shelf.organisations.byIds(tx, scope, ids)),
    learner: scoped('learner', (tx, scope, ids) => shelf.learners.byIds(tx, scope, ids)),
    vacancy: scoped('vacancy', (tx, scope, ids) => shelf.vacancies.byIds(tx, scope, ids)),
    round: scoped('round', (tx, scope, ids) => shelf.rounds.byIds(tx, scope, ids)),
    dryRuns: scoped('dryRun', (tx, scope, ids) => shelf.dryRuns.ofRounds(tx, scope, ids)),
    candidate: scoped('candidate', (tx, scope, ids) => shelf.candidates.byIds(tx, scope, ids)),
    proposal: scoped('proposal', (tx, scope, ids) => shelf.proposals.byIds(tx, scope, ids)),
    candidateOf: scoped('candidate', (tx, scope, ids, actor) => shelf.candidates.ofLearners(tx, scope, actor.organisationId, ids)),
    candidateDecision: scoped('candidateDecision', (tx, scope, ids) => shelf.candidateDecisions.byIds(tx, scope, ids)),
    vacancyChoice: scoped('vacancyChoice', (tx, scope, ids) => shelf.vacancyChoices.byIds(tx, scope, ids)),
    challengeNotes: scoped('scoreChallenge', (tx, scope, ids) => shelf.challengeNotes.ofChallenges(tx, scope, ids)),
    stage: scoped('learner', (tx, scope, ids) => shelf.learners.stages(tx, scope, ids)),
    best: (first) => {
      const known = best.get(first);
      if (known !== undefined) return known;
      const loader = scoped('suggestion', (tx, scope, ids) => shelf.suggestions.bestOf(tx, scope, ids, first));
      best.set(first, loader);
      return loader;
    },
  };
}
