import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema as schemaOf,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  getNullableType,
  type GraphQLSchema,
} from 'graphql';
import { NODE_NAMES } from './graphql/node-id.js';

/** The committed text: that the code still gives it is the schema check of `npm run check`. */
const schema: GraphQLSchema = schemaOf(readFileSync(join(import.meta.dirname, '../schema.graphql'), 'utf8'));

type Described = Readonly<{ place: string; name: string; description: string | null | undefined }>;

function* described(): Generator<Described> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
    if (!['Query', 'Mutation', 'Subscription'].includes(type.name)) yield { place: type.name, name: type.name, description: type.description };
    if (isEnumType(type)) {
      for (const value of type.getValues()) yield { place: `${type.name}.${value.name}`, name: value.name, description: value.description };
    }
    if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        yield { place: `${type.name}.${field.name}`, name: field.name, description: field.description };
        if (!('args' in field)) continue;
        for (const argument of field.args) {
          yield { place: `${type.name}.${field.name}(${argument.name})`, name: argument.name, description: argument.description };
        }
      }
    }
  }
}

const words = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
const ownWords = (name: string): Set<string> => new Set(words(name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ')));

function faultOf({ name, description }: Described): string | null {
  if (!description) return 'has no description';
  const said = words(description);
  if (said.length < 4) return `has a description of ${said.length} words`;
  const own = ownWords(name);
  return said.filter((word) => !own.has(word)).length < 3 ? 'has a description that only repeats its name' : null;
}

describe('the schema as a product', () => {
  it('describes every type, field, argument and enum value in at least four words that are not its own name', () => {
    const all = [...described()];
    expect(all.length).toBeGreaterThan(400);
    expect(all.filter((item) => faultOf(item) !== null).map((item) => `${item.place} ${faultOf(item)}`)).toEqual([]);
  });

  it('would find a missing, a short and an empty-worded description', () => {
    expect(faultOf({ place: 'A.b', name: 'b', description: null })).toMatch(/no description/);
    expect(faultOf({ place: 'A.b', name: 'b', description: 'The b thing.' })).toMatch(/3 words/);
    expect(faultOf({ place: 'A.startsOn', name: 'startsOn', description: 'Starts on starts on.' })).toMatch(/repeats/);
  });

  it('gives each mutation one `input` and a payload that is either done or Refused', () => {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    expect(mutations.length).toBeGreaterThan(15);
    for (const mutation of mutations) {
      const payload = getNullableType(mutation.type);
      expect([mutation.name, String(payload)]).toEqual([mutation.name, `${mutation.name.charAt(0).toUpperCase()}${mutation.name.slice(1)}Payload`]);
      if (mutation.name === 'signOut' || mutation.name === 'startSecondFactor') continue;
      expect([mutation.name, mutation.args.map((argument) => argument.name)]).toEqual([mutation.name, ['input']]);
    }
  });

  it('asks a UUID key of everything that creates, offers or accepts, and a version of everything that changes', () => {
    const inputs = Object.values(schema.getMutationType()?.getFields() ?? {}).map((mutation) => ({ name: mutation.name, type: mutation.args[0]?.type }));
    const fields = (name: string): readonly string[] => {
      const type = inputs.find((input) => input.name === name)?.type;
      const input = type === undefined ? undefined : getNullableType(type);
      return isInputObjectType(input) ? Object.values(input.getFields()).map((field) => `${field.name}: ${String(field.type)}`) : [];
    };
    for (const name of ['createOrganisation', 'enrolLearner', 'postVacancy', 'rankVacancies', 'rankCandidates', 'openRound', 'scoreRegion', 'acceptProposal', 'declineProposal']) {
      expect([name, ...fields(name)]).toContain('idempotencyKey: UUID!');
    }
    for (const name of ['reviseProfile', 'reviseVacancy', 'publishVacancy', 'closeVacancy', 'freezeRound', 'solveRound', 'publishRound', 'acceptProposal', 'declineProposal']) {
      expect([name, ...fields(name)]).toContain('version: Int!');
    }
  });

  it('makes `first` compulsory on every connection', () => {
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        if (!String(getNullableType(field.type)).endsWith('Connection')) continue;
        const first = field.args.find((argument) => argument.name === 'first');
        expect([`${type.name}.${field.name}`, String(first?.type)]).toEqual([`${type.name}.${field.name}`, 'Int!']);
      }
    }
  });

  it('has a node type for each kind of node id, and no list of nullable things unless said so', () => {
    const node = schema.getType('Node');
    const possible = isInterfaceType(node) ? schema.getPossibleTypes(node).map((type) => type.name) : [];
    expect([...possible].sort()).toEqual([...NODE_NAMES].sort());
    const loose = new Set(['Query.nodes', 'VacancyGroup.vacancies', 'CandidateGroup.candidates']);
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__') || (!isObjectType(type) && !isInterfaceType(type))) continue;
      for (const field of Object.values(type.getFields())) {
        const list = getNullableType(field.type);
        if (isListType(list) && !loose.has(`${type.name}.${field.name}`)) expect([`${type.name}.${field.name}`, isNonNullType(list.ofType)]).toEqual([`${type.name}.${field.name}`, true]);
      }
    }
  });
});
