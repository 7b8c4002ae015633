import { Secret, TOTP } from 'otpauth';

export type Refusal = Readonly<{ __typename: string; code: string; message: string; rule: string; remedy: string; path: readonly string[] }>;
export type TopError = Readonly<{
  message: string;
  path?: readonly (string | number)[];
  extensions: Readonly<{ code: string; reference?: string; remedy?: string; refusals?: readonly Refusal[] } & Record<string, unknown>>;
}>;

/** One answer, as it came. `data` is typed by whoever wrote the document. */
export type Answer<Data> = Readonly<{
  status: number;
  headers: Headers;
  data: Data | null;
  errors: readonly TopError[];
  extensions: Readonly<{ cost?: { requested: number; limit: number }; notice?: string }>;
}>;

export type Account = Readonly<{ email: string; role: string; totpSecret?: string }>;

/** Every mutation asks for this beside its success. */
export const REFUSED = '... on Refused { refusals { __typename code message rule remedy path } }';

/** A client like anybody's: GraphQL over HTTP, a bearer token or a cookie, nothing that a stranger's program could not do. */
export class GraphqlClient {
  constructor(
    readonly origin: string,
    readonly token: string | null = null,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** Sends one operation and gives whatever came back. */
  async send<Data>(query: string, variables: Readonly<Record<string, unknown>> = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer<Data>> {
    const response = await fetch(`${this.origin}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token !== null && { authorization: `Bearer ${this.token}` }),
        ...this.headers,
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as { data?: Data | null; errors?: readonly TopError[]; extensions?: Answer<Data>['extensions'] };
    const { data = null, errors = [], extensions = {} } = answer;
    return { status: response.status, headers: response.headers, data, errors, extensions };
  }

  /** The data of an operation that must succeed. */
  async ask<Data>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Data> {
    const { data, errors } = await this.send<Data>(query, variables);
    if (errors.length > 0 || data === null) throw new Error(`the API reports ${JSON.stringify(errors)}`);
    return data;
  }

  /** The success of the one mutation in the document; throws when it was refused. */
  async do<Success>(mutation: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Success> {
    const [payload] = Object.values(await this.ask<Record<string, Success & { refusals?: readonly Refusal[] }>>(mutation, variables));
    if (payload === undefined || payload.refusals !== undefined) throw new Error(`refused: ${JSON.stringify(payload?.refusals)}`);
    return payload;
  }

  /** The refusals of the one mutation in the document; throws when it was done. */
  async refused(mutation: string, variables: Readonly<Record<string, unknown>> = {}): Promise<readonly Refusal[]> {
    const [payload] = Object.values(await this.ask<Record<string, { refusals?: readonly Refusal[] }>>(mutation, variables));
    if (payload?.refusals === undefined) throw new Error(`not refused: ${JSON.stringify(payload)}`);
    return payload.refusals;
  }

  /** The same origin as somebody else. */
  as(token: string | null): GraphqlClient {
    return new GraphqlClient(this.origin, token);
  }
}

const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { ... on SignInSuccess { token role } ${REFUSED} } }`;

/** The six digits an authenticator shows now. */
export function codeOf(totpSecret: string): string {
  return new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate();
}

/**
 * Signs in as a person does, second factor included. A code works once: sign an account in once a suite and keep the client.
 */
export async function signedIn(nobody: GraphqlClient, account: Account, password: string): Promise<GraphqlClient> {
  const code = account.totpSecret === undefined ? null : codeOf(account.totpSecret);
  const { token } = await nobody.do<{ token: string }>(SIGN_IN, { input: { email: account.email, password, code, kind: 'BEARER' } });
  return nobody.as(token);
}
