import { Injectable } from '@nestjs/common';
import { canonicalJson, notFound, type Actor, type LearnerId, type PastSuggestion, type ScoredVersion, type Suggestion, type VacancyId } from '@meriden/domain';
import { ScoringInputStore, SuggestionStore, type Tx } from '@meriden/persistence';
import { sha256 } from '@meriden/platform';
import { joinHashes, scorerOver, type Policy, type ScorableLearner, type ScorableVacancy, type Scorer, type ScoringReference } from '@meriden/scoring';
import { Desk } from '../desk.js';
import { ScoringEditions } from './scoring-editions.js';

export const REPLAY_OUTCOMES = ['SAME', 'DIFFERENT', 'INPUT_MISSING', 'REFERENCE_GONE'] as const;

/** A stored score computed again from the stored input of its day. */
export type Replay = Readonly<{
  outcome: (typeof REPLAY_OUTCOMES)[number];
  learnerId: LearnerId;
  vacancyId: VacancyId;
  inputHash: string;
  asOf: string;
  policyVersion: string;
  referenceVersion: string;
  /** Digests of both results; the second is null where nothing could be computed. */
  storedDigest: string;
  replayedDigest: string | null;
  /** Names of what came out otherwise; empty unless DIFFERENT. */
  differences: readonly string[];
}>;

const RESULT = ['score', 'employerScore', 'gates', 'terms'] as const;
const result = (version: Pick<ScoredVersion, (typeof RESULT)[number]>): Pick<ScoredVersion, (typeof RESULT)[number]> => ({
  score: version.score,
  employerScore: version.employerScore,
  gates: version.gates,
  terms: version.terms,
});

/** Any stored score, now or earlier, computed again from what it was computed from: equal bytes, or what differs. */
@Injectable()
export class ReplayService {
  #last: Readonly<{ key: string; reference: ScoringReference; scorer: Scorer }> | null = null;

  constructor(
    private readonly desk: Desk,
    private readonly suggestions: SuggestionStore,
    private readonly inputs: ScoringInputStore,
    private readonly editions: ScoringEditions,
  ) {}

  /** The scorer of that day; the last one is kept, since whoever replays one score often replays its neighbours. */
  private scorerOf(reference: ScoringReference, version: string, policy: Policy): Scorer {
    const key = `${version} ${canonicalJson(policy)}`;
    if (this.#last?.key !== key || this.#last.reference !== reference) this.#last = { key, reference, scorer: scorerOver({ ...reference, version }, policy) };
    return this.#last.scorer;
  }

  /** @param inputHash of an earlier version; null replays the present one. */
  async replay(actor: Actor, pair: Readonly<{ learnerId: LearnerId; vacancyId: VacancyId; inputHash: string | null }>): Promise<Replay> {
    this.desk.permit(actor, 'replay a score');
    return this.desk.uow.readAs(actor, async (tx) => {
      const present = await this.suggestions.forPair(tx, pair.learnerId, pair.vacancyId);
      const stored = pair.inputHash === null || present?.inputHash === pair.inputHash ? present : await this.suggestions.past(tx, pair.learnerId, pair.vacancyId, pair.inputHash);
      if (stored === null) throw notFound('suggestion', ['suggestionId']);
      return this.again(tx, stored);
    });
  }

  /** At the operator's own terminal: every stored score that was computed from these inputs, the present one first. Empty where there is none. */
  async atTerminal(inputHash: string): Promise<readonly Replay[]> {
    return this.desk.uow.atTerminal({ name: 'replay-score' }, async (tx) => {
      const replays: Replay[] = [];
      for (const stored of await this.suggestions.ofInputs(tx, inputHash)) replays.push(await this.again(tx, stored));
      return replays;
    });
  }

  private async again(tx: Tx, stored: Suggestion | PastSuggestion): Promise<Replay> {
    const { learnerId, vacancyId, learnerHash, vacancyHash, policyHash, referenceVersion, asOf, inputHash, policyVersion } = stored;
    const storedDigest = sha256(canonicalJson(result(stored)));
    const base = { learnerId, vacancyId, inputHash, asOf, policyVersion, referenceVersion, storedDigest, replayedDigest: null, differences: [] };
    const bodies = await this.inputs.bodies(tx, [learnerHash, vacancyHash, policyHash]);
    const [learner, vacancy, policy] = [bodies.get(learnerHash), bodies.get(vacancyHash), bodies.get(policyHash)];
    if (learner === undefined || vacancy === undefined || policy === undefined) return { ...base, outcome: 'INPUT_MISSING' };
    const { reference } = await this.editions.current(tx);
    // Aliases and journey times are in the stored input already; what a score still reads is the shipped edition.
    if (shipped(referenceVersion) !== shipped(reference.version)) return { ...base, outcome: 'REFERENCE_GONE' };
    const [l, v, p] = [JSON.parse(learner) as ScorableLearner, JSON.parse(vacancy) as ScorableVacancy, JSON.parse(policy) as Policy];
    const scorer = this.scorerOf(reference, referenceVersion, p);
    const again = result(scorer.score(l, v, asOf));
    const hashes = [learner, vacancy, policy].map(sha256) as [string, string, string];
    const differences = [
      ...RESULT.filter((name) => canonicalJson(again[name]) !== canonicalJson(stored[name])),
      ...(joinHashes(...hashes, referenceVersion, asOf, sha256) === inputHash ? [] : ['inputHash']),
    ];
    return { ...base, outcome: differences.length === 0 ? 'SAME' : 'DIFFERENT', replayedDigest: sha256(canonicalJson(again)), differences };
  }
}

/** The edition without what an operator added to it. */
function shipped(referenceVersion: string): string {
  return referenceVersion
    .split('+')
    .filter((part) => !/^(aliases-\d+|travel-\d+|estimates)$/.test(part))
    .join('+');
}
