import { isUuid, type ChallengeNote, type LearnerId, type Scope, type ScoreChallenge, type VacancyId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, same, sameId } from '../noun-reads.js';
import { selectList } from '../rows.js';
import { Parameters } from '../scope-sql.js';
import type { Tx } from '../tx.js';
import { ChallengeNoteEntity, ScoreChallengeEntity } from './score-challenge.entity.js';

export type ScoreChallengeFilter = Readonly<{ learnerId?: LearnerId; vacancyId?: VacancyId; state?: ScoreChallenge['state'] }>;
/** Soonest to be decided first. */
export type ScoreChallengeOrder = 'DECIDE_BY';

@Injectable()
export class ScoreChallengeReads extends NounReads<ScoreChallenge, ScoreChallengeFilter, ScoreChallengeOrder> {
  protected readonly shape = {
    entity: ScoreChallengeEntity,
    key: ['id'],
    orders: { DECIDE_BY: [['decideBy', 'asc']] },
    filters: { learnerId: sameId('learner_id'), vacancyId: sameId('vacancy_id'), state: same('state') },
  } as const;
}

class NoteRows extends NounReads<ChallengeNote, Record<never, never>, 'AT'> {
  protected readonly shape = { entity: ChallengeNoteEntity, key: ['id'], orders: { AT: [['at', 'asc']] }, filters: {} } as const;

  async of(tx: Tx, scope: Scope, challengeIds: readonly string[]): Promise<ChallengeNote[]> {
    const parameters = new Parameters();
    const wanted = parameters.add(challengeIds.filter(isUuid));
    return tx.manager.query<ChallengeNote[]>(
      `select ${selectList(tx.manager, ChallengeNoteEntity, 't')} from challenge_note t
       where t.challenge_id = any (${wanted}::uuid[]) and ${this.where(tx.manager, scope, undefined, parameters)} order by t.at, t.id`,
      parameters.values,
    );
  }
}

@Injectable()
export class ChallengeNoteReads {
  readonly #rows = new NoteRows();

  /** What was said about each challenge, oldest first, in the order of `challengeIds`. One statement. */
  async ofChallenges(tx: Tx, scope: Scope, challengeIds: readonly string[]): Promise<ChallengeNote[][]> {
    const notes = await this.#rows.of(tx, scope, challengeIds);
    return challengeIds.map((id) => notes.filter((note) => note.challengeId === id));
  }
}
