import { readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { Controller, Get, Inject, NotFoundException, Param, Res } from '@nestjs/common';
import { CONFIG, type Config } from '@meriden/platform';
import { getDistDirectory, renderAltair, renderInitSnippet } from 'altair-static';
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

const FIRST_QUERY = `# Sign in first; then send the token with each request:
#   headers -> Authorization: Bearer TOKEN
# A cookie session (kind: COOKIE) needs no header here.
query WhatIsThis {
  service { name notice referenceEdition }
}

mutation SignIn {
  signIn(input: { email: "learner@demo.example", password: "PASSWORD", kind: BEARER }) {
    ... on SignInSuccess { token expiresAt person { name } role }
    ... on Refused { refusals { code message rule remedy } }
  }
}
`;

/** `/graphiql`: a GraphQL page that needs no other host, served from its package. */
@Controller('graphiql')
export class GraphiqlController {
  readonly #files: ReadonlyMap<string, string>;
  readonly #page: string;
  readonly #start: string;
  readonly #policy: string;

  constructor(@Inject(CONFIG) config: Config) {
    const folder = getDistDirectory();
    // A list made at the start: a path that is not in it leads nowhere, whatever dots it holds.
    this.#files = new Map(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== 'index.html')
        .map((entry) => join(entry.parentPath, entry.name))
        .map((file) => [relative(folder, file).split(sep).join('/'), file]),
    );
    const options = {
      baseURL: '/graphiql/',
      endpointURL: '/graphql',
      initialHeaders: { [CSRF_HEADER]: '1' },
      initialSubscriptionRequestHandlerId: 'graphql-ws' as const,
      subscriptionsEndpoint: `${config.publicOrigin.replace(/^http/, 'ws')}/graphql`,
      initialQuery: FIRST_QUERY,
      disableAccount: true,
      serveInitialOptionsInSeperateRequest: 'start.js',
    };
    this.#page = renderAltair(options).replace('<title>Altair</title>', `<title>Meriden GraphQL${config.demonstration ? ' – demonstration data' : ''}</title>`);
    this.#start = renderInitSnippet(options);
    const { protocol, host } = new URL(config.publicOrigin);
    this.#policy = `${POLICY}; connect-src 'self' ${protocol === 'https:' ? 'wss' : 'ws'}://${host}`;
  }

  @Get()
  page(@Res() reply: FastifyReply): void {
    void reply.header('content-security-policy', this.#policy).type('text/html; charset=utf-8').send(this.#page);
  }

  @Get('*')
  file(@Param('*') path: string, @Res() reply: FastifyReply): void {
    if (path === '') return this.page(reply);
    void reply.header('content-security-policy', this.#policy).header('cache-control', 'private, max-age=3600');
    if (path === 'start.js') {
      void reply.type('text/javascript; charset=utf-8').send(this.#start);
      return;
    }
    const file = this.#files.get(path);
    if (file === undefined) throw new NotFoundException();
    void reply.type(TYPES[extname(file)] ?? 'application/octet-stream').send(readFileSync(file));
  }
}
