import type { OutcomeReason } from '@meriden/domain';
import type { Reason } from '@meriden/matching';

/** Codes a learner can meet, with what each means; the words of an outcome are made here and nowhere else. */
export const REASON_CODES = [
  'NOT_IN_ROUND',
  'NOT_ELIGIBLE',
  'DECLINED_BEFORE',
  'WITHHELD_BEFORE',
  'EMPLOYER_DID_NOT_LIST',
  'VACANCY_FULL',
  'EMPLOYER_FULL',
  'LOTTERY',
  'LOCKED',
  'NOT_CHOSEN_BY_OBJECTIVE',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** Rules of a re-run, beside the gates, that shut a pair out: what the learner declined, and what an operator kept back, in a round before. */
export const DECLINED_BEFORE = 'DECLINED_BEFORE';
export const WITHHELD_BEFORE = 'WITHHELD_BEFORE';

const NEXT_ROUND = 'You can rank it again in a later round while it is live.';

/** One reason in plain English: what happened and what would have changed it. Derived from the certificate's reason alone. */
export function tellReason(reason: Reason): OutcomeReason {
  const tell = (code: ReasonCode, message: string, remedy: string): OutcomeReason => ({ vacancyId: reason.vacancy, code, message, remedy });
  switch (reason.kind) {
    case 'not-declared':
      return tell('NOT_IN_ROUND', 'This vacancy was no longer live when preferences closed.', 'Rank other vacancies like it.');
    case 'not-eligible':
      if (reason.rule === DECLINED_BEFORE) return tell('DECLINED_BEFORE', 'You declined this place when an earlier round proposed it, so its re-run does not propose it again.', 'Did you change your mind? Tell your provider; a new round takes it up again.');
      if (reason.rule === WITHHELD_BEFORE) return tell('WITHHELD_BEFORE', 'The operator kept the proposal of this place back in an earlier round, so its re-run does not make it again.', 'Ask your provider why; a new round takes it up again.');
      return tell('NOT_ELIGIBLE', `An eligibility rule stood against it: ${reason.rule}.`, 'Open the vacancy’s page to see the rule and what would meet it.');
    case 'not-listed':
      return tell('EMPLOYER_DID_NOT_LIST', 'The employer did not rank you for a place.', 'Skills shown with evidence help an employer decide; ask your provider for feedback.');
    case 'locked':
      return tell('LOCKED', `A placement fixed before the round stood in the way (${reason.locks.join(', ')}).`, NEXT_ROUND);
    case 'vacancy-full':
      return tell('VACANCY_FULL', fullMessage('All openings', reason), `With one more opening, or ranked ${rankOrBetter(reason.lastRank)}, this could have changed. ${NEXT_ROUND}`);
    case 'employer-full':
      return tell('EMPLOYER_FULL', fullMessage('All places the employer can host', reason), `Ranked ${rankOrBetter(reason.lastRank)}, this could have changed. ${NEXT_ROUND}`);
    case 'lottery':
      return tell(
        'LOTTERY',
        `The employer ranked you equal (${reason.tiedRank}) with the last one in, and the lottery that was fixed beforehand decided: your number ${reason.yourNumber}, the last number in ${reason.lastNumber}.`,
        `Nobody could choose these numbers; the published file lets anyone work them out again. ${NEXT_ROUND}`,
      );
    case 'tie':
      return tell('LOTTERY', `The employer ranked you equal (${reason.tiedRank}) with the last one in.`, NEXT_ROUND);
    case 'objective':
      return tell('NOT_CHOSEN_BY_OBJECTIVE', 'The rules of this round put the whole above single wishes here.', NEXT_ROUND);
  }
}

function fullMessage(what: string, reason: Readonly<{ lastRank: number | null; yourRank: number }>): string {
  if (reason.lastRank === null) return `${what} were taken before the round.`;
  return `${what} went to learners the employer ranked higher: the last one in was ranked ${reason.lastRank}, you were ${reason.yourRank}.`;
}

function rankOrBetter(lastRank: number | null): string {
  return lastRank === null ? 'higher' : `${lastRank} or better`;
}
