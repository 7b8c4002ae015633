import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

/**
 * Scalars. As output each promises its form. As input most take any short text: GraphQL checks shape, the services check
 * meaning, so that a wrong date comes back as a typed refusal with rule and remedy and not as a bare protocol error.
 */
const TEXT_LIMIT = 400;

type ScalarSpec = Readonly<{
  name: string;
  description: string;
  specifiedByURL?: string;
  /** Null when the text is well-formed; else why not. Only for scalars that are refused at the rim. */
  refuse?: (text: string) => string | null;
}>;

function textScalar({ name, description, specifiedByURL, refuse }: ScalarSpec): GraphQLScalarType<string, string> {
  const parse = (value: unknown): string => {
    if (typeof value !== 'string') throw new GraphQLError(`${name} must be given as text.`);
    if (value.length > TEXT_LIMIT) throw new GraphQLError(`${name} must be at most ${TEXT_LIMIT} characters.`);
    const reason = refuse?.(value) ?? null;
    if (reason !== null) throw new GraphQLError(reason);
    return value;
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    specifiedByURL,
    serialize: (value) => {
      if (typeof value !== 'string') throw new TypeError(`${name}: a ${typeof value} cannot be written`);
      return value;
    },
    parseValue: parse,
    parseLiteral: (node: ValueNode) => {
      if (node.kind !== Kind.STRING) throw new GraphQLError(`${name} must be given as text.`, { nodes: node });
      return parse(node.value);
    },
  });
}

export const DateTimeScalar = textScalar({
  name: 'DateTime',
  description: 'An instant in UTC to the millisecond, for example `2026-11-22T09:30:00.000Z`.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time',
});

export const LocalDateScalar = textScalar({
  name: 'LocalDate',
  description: 'A calendar date in the time zone Europe/London, for example `2027-01-11`.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/local-date',
});

export const OutcodeScalar = textScalar({
  name: 'Outcode',
  description: 'The first half of a UK postcode, for example `B15`: about 3 km around, never an address.',
});

export const EmailAddressScalar = textScalar({
  name: 'EmailAddress',
  description: 'An e-mail address that a person signs in with, for example `learner@demo.example`.',
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const UuidScalar = textScalar({
  name: 'UUID',
  description: 'A random UUID made by the caller, for example `0b9f5c1e-6f0a-4f43-9d0b-3c4f2f4f8c11`; makes a repeated command answer once.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc9562',
  refuse: (text) => (UUID.test(text) ? null : 'UUID must have the form xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx in hex digits.'),
});

const MAX_BASIS_POINTS = 10_000;

function basisPoints(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX_BASIS_POINTS) {
    throw new GraphQLError(`BasisPoints must be a whole number from 0 to ${MAX_BASIS_POINTS}.`);
  }
  return value;
}

export const BasisPointsScalar = new GraphQLScalarType<number, number>({
  name: 'BasisPoints',
  description: 'A share in ten-thousandths, 0 to 10,000: 7,250 means 72.5 per cent. Whole numbers only, so that sums are exact.',
  serialize: (value) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw new TypeError('BasisPoints: not a whole number');
    return value;
  },
  parseValue: basisPoints,
  parseLiteral: (node: ValueNode) => {
    if (node.kind !== Kind.INT) throw new GraphQLError('BasisPoints must be a whole number.', { nodes: node });
    return basisPoints(Number(node.value));
  },
});
