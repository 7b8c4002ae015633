import type { ChallengeNote, LearnerId, ScoreChallenge, ScoredVersion, VacancyId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { insertRows, saveVersion } from '../rows.js';
import type { Tx } from '../tx.js';
import { ChallengeNoteEntity, ScoreChallengeEntity } from './score-challenge.entity.js';

@Injectable()
export class ScoreChallengeStore {
  byId(tx: Tx, id: string): Promise<ScoreChallenge | null> {
    return tx.manager.findOneBy(ScoreChallengeEntity, { id });
  }

  /** Those of a learner that wait for a person. */
  open(tx: Tx, learnerId: LearnerId): Promise<Pick<ScoreChallenge, 'vacancyId' | 'part' | 'code'>[]> {
    return tx.manager.find(ScoreChallengeEntity, { where: { learnerId, state: In(['RAISED', 'ACKNOWLEDGED']) }, select: { vacancyId: true, part: true, code: true } });
  }

  insert(tx: Tx, challenge: ScoreChallenge): Promise<void> {
    return insertRows(tx, ScoreChallengeEntity, [challenge]);
  }

  /** @throws Rejection VERSION_CONFLICT, NOT_FOUND. */
  save(tx: Tx, challenge: ScoreChallenge): Promise<void> {
    return saveVersion(tx, ScoreChallengeEntity, 'challenge', challenge);
  }

  note(tx: Tx, note: ChallengeNote): Promise<void> {
    return insertRows(tx, ChallengeNoteEntity, [note]);
  }

  /** Decided or corrected ones of these learners whose new score is still to be written. */
  awaitingScore(tx: Tx, learnerIds: readonly LearnerId[]): Promise<{ id: string; learnerId: LearnerId; vacancyId: VacancyId; rescoreFrom: number }[]> {
    return tx.manager.find(ScoreChallengeEntity, {
      where: { learnerId: In([...learnerIds]), after: IsNull(), rescoreFrom: Not(IsNull()) },
      select: { id: true, learnerId: true, vacancyId: true, rescoreFrom: true },
    }) as Promise<{ id: string; learnerId: LearnerId; vacancyId: VacancyId; rescoreFrom: number }[]>;
  }

  /** Writes the newer of both scores, once. No new version: nothing that a person decides changes. */
  async scored(tx: Tx, id: string, after: ScoredVersion): Promise<void> {
    await tx.manager.query('update score_challenge set after = $2::jsonb where id = $1 and after is null', [id, JSON.stringify(after)]);
  }
}
