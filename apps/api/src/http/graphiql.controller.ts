import { readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { Controller, Get, Inject, NotFoundException, Param, Res } from '@nestjs/common';
import { CONFIG, type Config } from '@meriden/platform';
import type { FastifyReply } from 'fastify';
import { CSRF_HEADER } from '../graphql/context.js';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Everything from here, nothing from other hosts; its editor writes style elements, hence inline styles (never scripts). */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const WHAT_IS_THIS = `query WhatIsThis {
  service { name notice referenceEdition }
}
`;

const SIGN_IN = `# A cookie session is used by this page from then on. For BEARER, copy the token into the
# headers: Authorization: Bearer TOKEN. Staff give the six digits of their second factor as code.
mutation SignIn {
  signIn(input: { email: "learner@demo.example", password: "PASSWORD", code: null, kind: COOKIE }) {
    ... on SignInSuccess { token expiresAt person { name } role }
    ... on Refused { refusals { code message rule remedy } }
  }
}
`;

const MY_SUGGESTIONS = `query MySuggestions {
  viewer {
    role
    learner {
      suggestions(first: 5) {
        nodes {
          rank
          score
          vacancy { title campus { name status } employer { name } }
          terms { code contribution evidence missing }
          gates { code state detail remedy }
        }
      }
    }
  }
}
`;

/** Stand for the origin under which the page was opened, of which a machine can have several. */
const HERE = 'ORIGIN-OF-THIS-PAGE';
const HERE_SOCKET = 'SOCKET-OF-THIS-PAGE';

/** No advertisements of the tool's own, no look-ups on other hosts; the schema is there from the start. */
const SETTINGS = { 'schema.reloadOnStart': true, 'banners.disable': true, 'alert.disableUpdateNotification': true, disablePushNotification: true } as const;

type Tool = Readonly<{
  /** A list made once: a path that is not in it leads nowhere, whatever dots it holds. */
  files: ReadonlyMap<string, string>;
  page: string;
  start: string;
}>;

/** `/graphiql`: a GraphQL page that needs no other host, served from its package, which is read when somebody first asks for it. */
@Controller('graphiql')
export class GraphiqlController {
  readonly #policy: string;
  readonly #demonstration: boolean;
  #tool: Promise<Tool> | null = null;

  constructor(@Inject(CONFIG) config: Config) {
    this.#policy = `${POLICY}; connect-src 'self' ${config.publicOrigin.replace(/^http/, 'ws')}`;
    this.#demonstration = config.demonstration;
  }

  @Get()
  async page(@Res() reply: FastifyReply): Promise<void> {
    const { page } = await this.tool();
    void reply.header('content-security-policy', this.#policy).type('text/html; charset=utf-8').send(page);
  }

  @Get('*')
  async file(@Param('*') path: string, @Res() reply: FastifyReply): Promise<void> {
    if (path === '') return this.page(reply);
    const { files, start } = await this.tool();
    void reply.header('content-security-policy', this.#policy).header('cache-control', 'private, max-age=3600');
    if (path === 'start.js') {
      void reply.type('text/javascript; charset=utf-8').send(start);
      return;
    }
    const file = files.get(path);
    if (file === undefined) throw new NotFoundException();
    void reply.type(TYPES[extname(file)] ?? 'application/octet-stream').send(readFileSync(file));
  }

  /** Read once; a failed try is forgotten. */
  private tool(): Promise<Tool> {
    this.#tool ??= readTool(this.#demonstration).catch((error: unknown) => {
      this.#tool = null;
      throw error;
    });
    return this.#tool;
  }
}

async function readTool(demonstration: boolean): Promise<Tool> {
  const { getDistDirectory, renderAltair, renderInitSnippet } = await import('altair-static');
  const folder = getDistDirectory();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'index.html')
    .map((entry) => join(entry.parentPath, entry.name));
  const connection = {
    endpointURL: `${HERE}/graphql`,
    initialHeaders: { [CSRF_HEADER]: '1' },
    initialSubscriptionRequestHandlerId: 'graphql-ws' as const,
    subscriptionsEndpoint: `${HERE_SOCKET}/graphql`,
  };
  const options = {
    baseURL: '/graphiql/',
    ...connection,
    initialWindows: [
      { initialName: 'My suggestions', initialQuery: MY_SUGGESTIONS },
      { initialName: 'What is this?', initialQuery: WHAT_IS_THIS },
      { initialName: 'Sign in', initialQuery: SIGN_IN },
    ].map((tab) => ({ ...tab, ...connection })),
    persistedSettings: SETTINGS,
    disableAccount: true,
    serveInitialOptionsInSeperateRequest: 'start.js',
  };
  return {
    files: new Map(files.map((file) => [relative(folder, file).split(sep).join('/'), file])),
    page: renderAltair(options).replace('<title>Altair</title>', `<title>Meriden GraphQL${demonstration ? ' – demonstration data' : ''}</title>`),
    // The package writes texts as template literals: these two become what the page finds out about itself.
    start: renderInitSnippet(options).replaceAll(HERE, '${location.origin}').replaceAll(HERE_SOCKET, "${location.origin.replace('http', 'ws')}"),
  };
}
