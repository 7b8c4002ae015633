import { Injectable } from '@nestjs/common';
import type { ScoringEdition } from '@meriden/domain';
import { ScoringEditionStore, type Tx } from '@meriden/persistence';
import { POLICY, drawScoringReference, withAliases, type Policy } from '@meriden/scoring';
import { ReferenceService } from '../reference.service.js';
import { Scoring } from './scoring.js';

/** The weights of a version over the rest of the shipped policy; number 0 is the shipped one itself. */
export function policyOf(version: Readonly<{ number: number; weights: Readonly<Record<string, number>>; employerWeights: Readonly<Record<string, number>> }> | null): Policy {
  if (version === null) return POLICY;
  return {
    ...POLICY,
    version: `${POLICY.version}.w${version.number}`,
    weights: version.weights as Policy['weights'],
    employerWeights: version.employerWeights as Policy['employerWeights'],
  };
}

/**
 * The scorer of the edition that stands in the database. Each process asks before it scores, which is one row; only when an operator
 * has changed something are the look-ups drawn anew.
 */
@Injectable()
export class ScoringEditions {
  #drawn: Readonly<{ key: string; scoring: Scoring }> | null = null;
  /** What was drawn in transactions that changed the edition themselves: theirs alone until they are committed. */
  readonly #own = new WeakMap<Tx, Readonly<{ key: string; scoring: Scoring }>>();
  readonly #keys = new WeakMap<Scoring, string>();

  constructor(
    private readonly reference: ReferenceService,
    private readonly store: ScoringEditionStore,
  ) {}

  async current(tx: Tx): Promise<Scoring> {
    const { written, ...edition } = await this.store.read(tx);
    const key = keyOf(edition);
    const held = this.#own.get(tx) ?? this.#drawn;
    if (held?.key === key) return held.scoring;
    const drawn = { key, scoring: await this.draw(tx, edition) };
    this.#keys.set(drawn.scoring, key);
    if (!written) this.#drawn = drawn;
    else {
      // A number that is rolled back is given once more, to other content: nobody else may meet this one before it counts.
      this.#own.set(tx, drawn);
      tx.afterCommit(() => void (this.#drawn = drawn));
    }
    return drawn.scoring;
  }

  /** Whether a scorer that `current` gave is still the current one. */
  async still(tx: Tx, scoring: Scoring): Promise<boolean> {
    return this.#keys.get(scoring) === keyOf(await this.store.read(tx));
  }

  /** The current edition with other weights, for a shadow run. */
  async shadow(tx: Tx, policy: Policy): Promise<Scoring> {
    return new Scoring((await this.current(tx)).reference, policy);
  }

  private async draw(tx: Tx, { aliases, travel, weights }: ScoringEdition): Promise<Scoring> {
    const shipped = this.reference.scoring;
    const named = aliases === 0 ? [] : await this.store.aliases(tx);
    const graph = aliases === 0 ? shipped.graph : withAliases(shipped.graph, named, `aliases-${aliases}`);
    const cells = travel === 0 ? [] : await this.store.cells(tx);
    const minutes = new Map(cells.map((cell) => [`${cell.outcode}|${cell.campusId}|${cell.mode}`, cell.minutes]));
    const reference = aliases === 0 && travel === 0 ? shipped : drawScoringReference(this.reference.data, graph, travel === 0 ? null : { version: `travel-${travel}`, minutes });
    return new Scoring(reference, policyOf(weights === 0 ? null : await this.store.weights(tx, weights)));
  }
}

const keyOf = ({ aliases, travel, weights }: ScoringEdition): string => `${aliases}.${travel}.${weights}`;
