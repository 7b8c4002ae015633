import { CANARY, LETTERS, roleOf, type Region, type Watcher } from './canaries.js';
import { walk } from './coordinates.js';
import { nodeId } from './ground.js';

/**
 * The judge of answers: what each gives away that its reader may not have, and what was seen by those who may, without which a
 * wall that shuts everybody out would pass.
 */
export class Sightings {
  readonly #seen = new Set<string>();
  readonly #filled = new Set<string>();
  readonly #cases = new Set<string>();
  readonly #objects: ReadonlyMap<string, Region['objects'][number]>;
  readonly #canaries: ReadonlyMap<string, Region['canaries'][number]>;

  constructor(
    private readonly region: Region,
    private readonly withoutPolicies: boolean,
  ) {
    this.#canaries = new Map(region.canaries.map((canary) => [canary.text, canary]));
    this.#objects = new Map(region.objects.map((object) => [nodeId(object.type, object.key), object]));
  }

  /** Counts what a document asks, on the objects of each tenant, as one role. */
  count(coordinates: Iterable<string>, watcher: Watcher, letters: readonly string[] = LETTERS): void {
    for (const coordinate of coordinates) for (const letter of letters) this.#cases.add(`${coordinate} as ${roleOf(watcher)} of ${letter}`);
  }

  /** Cases so far: a field, a role, a tenant whose objects were asked. */
  get cases(): number {
    return this.#cases.size;
  }

  /** Fields that are in no case. */
  uncounted(coordinates: readonly string[]): string[] {
    const counted = new Set([...this.#cases].map((one) => one.split(' ')[0]));
    return coordinates.filter((coordinate) => !counted.has(coordinate));
  }

  /** Reads an answer as this watcher. @returns what it gives away that is not theirs, in words */
  judge(answer: Readonly<{ data: unknown; errors: unknown }>, watcher: Watcher, root = 'Query'): string[] {
    const leaks: string[] = [];
    for (const [found] of JSON.stringify(answer).matchAll(CANARY)) {
      const canary = this.#canaries.get(found);
      if (canary === undefined) continue;
      this.#seen.add(`${watcher} sees ${canary.about}`);
      if (!canary.seenBy.includes(watcher) && !(this.withoutPolicies && canary.byPolicyOnly)) leaks.push(`${watcher} reads ${canary.about}`);
    }
    walk(answer.data, (coordinate, _value, within) => {
      const object = within === null ? undefined : this.#objects.get(within);
      if (object === undefined || object.seenBy.includes(watcher)) this.#filled.add(coordinate);
      else leaks.push(`${watcher} reads ${coordinate} of the ${object.type} of ${object.owner}`);
    }, root);
    return leaks;
  }

  /** Canaries that somebody may read and did not. */
  unseen(): string[] {
    const wanted = this.region.canaries.flatMap(({ about, seenBy }) => seenBy.map((watcher) => `${watcher} sees ${about}`));
    return wanted.filter((sighting) => !this.#seen.has(sighting));
  }

  /** Fields that nobody saw a value of: of them the matrix would say nothing. */
  unfilled(coordinates: readonly string[]): string[] {
    return coordinates.filter((coordinate) => !this.#filled.has(coordinate));
  }
}
