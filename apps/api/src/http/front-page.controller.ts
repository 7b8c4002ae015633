import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { CONFIG, type Config } from '@meriden/platform';
import { ReferenceService } from '@meriden/services';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConsoleFiles } from './console-files.js';
import { sendFile } from './console.controller.js';
import { policyWithStyle } from './security-headers.js';

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.55 system-ui, sans-serif; }
body { max-width: 44rem; margin: 0 auto; padding: 2rem 1.25rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; }
.notice { border: 2px solid; border-radius: .4rem; padding: .6rem .9rem; font-weight: 600; }
dt { font-weight: 600; margin-top: .8rem; } dd { margin: 0; }
code { font-size: .95em; } a { text-underline-offset: .15em; }
`;

const NOTICE = 'This is demonstration data: every person, learner and employer here is invented. Real NHS bodies, colleges and universities are named as facts.';

/** `/`: the console, or where it was not built, what is running and where to go. */
@Controller()
export class FrontPageController {
  readonly #page: string;

  constructor(@Inject(CONFIG) config: Config, @Inject(ReferenceService) reference: ReferenceService, @Inject(ConsoleFiles) private readonly files: ConsoleFiles) {
    this.#page = page(config.demonstration, reference.data.edition);
  }

  /** Browsers ask for it unasked; the console names its own. */
  @Get('/favicon.ico')
  icon(@Res() reply: FastifyReply): void {
    void reply.code(204).send();
  }

  @Get('/')
  front(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const console = this.files.page;
    if (console !== null) return sendFile(this.files, console, request, reply);
    void reply.header('content-security-policy', policyWithStyle(STYLE)).type('text/html; charset=utf-8').send(this.#page);
  }
}

function page(demonstration: boolean, edition: string): string {
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Meriden${demonstration ? ' – demonstration data' : ''}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Meriden</h1>
${demonstration ? `<p class="notice" role="note">${NOTICE}</p>` : ''}
<p>Employers post placements, learners see explained suggestions and rank them, and a matching round that anyone can check proposes places.</p>
<p>The service is running. The console was not built: everything can be done over GraphQL.</p>
<dl>
<dt><a href="/graphiql/">/graphiql</a></dt><dd>A page to read the schema and try queries, mutations and subscriptions; works offline.</dd>
<dt><code>/graphql</code></dt><dd>The API, over HTTP and graphql-ws. Sign in with the mutation <code>signIn</code>.</dd>
<dt><a href="/health/ready">/health/ready</a></dt><dd>Whether the service and what it stands on are well.</dd>
<dt><a href="/metrics">/metrics</a></dt><dd>Figures of this process in the Prometheus format.</dd>
</dl>
${demonstration ? '<p>The demonstration accounts, their password and second factor were printed in the terminal by <code>npm start</code>.</p>' : ''}
<p>Reference data: edition ${escaped(edition)}.</p>
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
