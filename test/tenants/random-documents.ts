import { getNamedType, isAbstractType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType, isObjectType, type GraphQLArgument, type GraphQLField, type GraphQLInputType, type GraphQLObjectType } from 'graphql';
import { Dice } from '../faults/support/dice.js';
import { WATCHERS } from './canaries.js';
import { inParallel, nodeId, schema, type Ground } from './ground.js';
import { Sightings } from './sightings.js';

const TEXTS = ['', 'a', '%', "'", 'Ünïcode \u202e', 'x'.repeat(300), '1e308', '-1', '2026-02-30', '2026-11-24', '2026-11-24T10:00:00.000Z', 'B15', 'arden-cross', 'cad', 'null', '../../etc/passwd'];
const NUMBERS = [-2_147_483_648, -1, 0, 1, 2, 5, 10, 20, 50, 100, 101, 2_147_483_647];
const DEEPEST = 6;

/** Writes documents that fit the schema, or nearly: every field may come up, with any argument a stranger might think of. */
class Author {
  readonly #ids: readonly string[];

  constructor(
    private readonly dice: Dice,
    ground: Ground,
  ) {
    this.#ids = ground.region.objects.map((object) => nodeId(object.type, object.key));
  }

  document(): string {
    const query = schema.getQueryType() as GraphQLObjectType;
    const fields = Array.from({ length: this.dice.between(1, 3) }, (_, i) => this.field(this.dice.one(Object.values(query.getFields())), DEEPEST, this.dice.fraction() < 0.2 ? `a${i}: ` : ''));
    return `{ ${fields.join(' ')}${this.dice.fraction() < 0.02 ? ' everything' : ''} }`;
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number, alias = ''): string {
    const given = field.args.filter((arg) => this.dice.fraction() < (isNonNullType(arg.type) ? 0.99 : 0.25)).map((arg) => `${arg.name}: ${this.argument(arg)}`);
    const call = `${alias}${field.name}${given.length === 0 ? '' : `(${given.join(', ')})`}${this.dice.fraction() < 0.03 ? ' @include(if: true)' : ''}`;
    const type = getNamedType(field.type);
    if (isLeafType(type)) return call;
    const types = isAbstractType(type) ? [this.dice.one(schema.getPossibleTypes(type)), this.dice.one(schema.getPossibleTypes(type))] : [];
    return `${call} { ${isObjectType(type) ? this.selection(type, depth - 1) : `__typename ${[...new Set(types)].map((one) => `... on ${one.name} { ${this.selection(one, depth - 1)} }`).join(' ')}`} }`;
  }

  private selection(type: GraphQLObjectType, depth: number): string {
    const fields = Object.values(type.getFields()).filter((field) => field.name !== 'id' && (depth > 0 || isLeafType(getNamedType(field.type))));
    const some = this.dice.shuffled(fields).slice(0, this.dice.between(1, depth > 2 ? 3 : 6));
    // Whose an answer is can be judged where objects say what they are.
    return `__typename ${type.getFields()['id'] === undefined ? '' : 'id '}${some.map((field) => this.field(field, depth)).join(' ')}`;
  }

  private argument({ name, type }: GraphQLArgument): string {
    if (name === 'first') return String(this.dice.fraction() < 0.8 ? this.dice.between(1, 5) : this.dice.one(NUMBERS));
    return this.value(type);
  }

  private value(type: GraphQLInputType): string {
    if (isNonNullType(type)) return this.value(type.ofType as GraphQLInputType);
    if (this.dice.fraction() < 0.05) return 'null';
    if (isListType(type)) return `[${Array.from({ length: this.dice.between(0, 4) }, () => this.value(type.ofType as GraphQLInputType)).join(', ')}]`;
    if (isEnumType(type)) return this.dice.one(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || this.dice.fraction() < 0.4);
      return `{ ${fields.map((field) => `${field.name}: ${this.value(field.type)}`).join(', ')} }`;
    }
    switch (type.name) {
      case 'ID':
        return JSON.stringify(this.dice.fraction() < 0.9 ? this.dice.one(this.#ids) : this.dice.one(TEXTS));
      case 'Int':
        return String(this.dice.one(NUMBERS));
      case 'Float':
        return this.dice.one(['0', '-1.5', '52.4', '1e300']);
      case 'Boolean':
        return this.dice.one(['true', 'false']);
      default:
        return JSON.stringify(this.dice.one(TEXTS));
    }
  }
}

export type Tried = Readonly<{
  /** What went wrong, in words, with the document. */
  faults: readonly string[];
  /** How many were admitted and gave data. */
  answered: number;
  slowestMs: number;
}>;

/** So many random documents as everybody in turn: none may break the API or give away what is another's. */
export async function tryRandomDocuments(ground: Ground, { count, seed, lanes = 6 }: Readonly<{ count: number; seed: string; lanes?: number }>): Promise<Tried> {
  const dice = new Dice(seed);
  const author = new Author(dice, ground);
  const sightings = new Sightings(ground.region, false);
  let [answered, slowestMs] = [0, 0];
  const faults = await inParallel(
    Array.from({ length: count }, (_, n) => ({ query: author.document(), watcher: WATCHERS[n % (WATCHERS.length - 1)] ?? 'nobody' })).map(({ query, watcher }, n) => async () => {
      // Signed out, all but a few are refused unread: one in twenty is enough.
      const as = n % 20 === 0 ? 'nobody' : watcher;
      const began = performance.now();
      const { status, data, errors } = await ground.client('both walls', as).send(query);
      slowestMs = Math.max(slowestMs, performance.now() - began);
      if (data !== null) answered += 1;
      const broke = status >= 500 || errors.some(({ extensions }) => extensions.code === 'INTERNAL');
      const reference = errors.find(({ extensions }) => extensions.reference !== undefined)?.extensions.reference;
      const logged = reference === undefined ? '' : ground.log('both walls').split('\n').find((line) => line.includes(reference)) ?? '';
      return [...(broke ? [`seed ${seed}: ${status} ${JSON.stringify(errors)} ${logged}`] : []), ...sightings.judge({ data, errors }, as)].map((fault) => `${fault} for ${as} by ${query}`);
    }),
    lanes,
  );
  return { faults: faults.flat(), answered, slowestMs };
}
