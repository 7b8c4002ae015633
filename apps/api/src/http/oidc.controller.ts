import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { Rejection } from '@meriden/domain';
import { CONFIG, type Config } from '@meriden/platform';
import { OidcService } from '@meriden/services';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { OperationContexts } from '../graphql/context.js';
import { proofOf, type GivenProof } from './given-proof.js';
import { journeyCookie, journeyOf } from './session-cookie.js';

/** Pages that a browser is at when it comes back, with the code of a refusal behind. */
const SIGN_IN_PAGE = '/sign-in';
const ACCOUNT_PAGE = '/account';

/** To an OpenID Connect issuer and back: plain HTTP, because the browser itself goes there. */
@Controller('oidc')
export class OidcController {
  constructor(
    @Inject(OidcService) private readonly oidc: OidcService,
    @Inject(OperationContexts) private readonly contexts: OperationContexts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('offer')
  offer(): object {
    return { name: this.oidc.offered };
  }

  @Get('sign-in')
  async askToSignIn(@Res() reply: FastifyReply, @Query('next') next: unknown): Promise<void> {
    await this.sent(reply, SIGN_IN_PAGE, async () => {
      const { url, ticket } = await this.oidc.askToSignIn(ownPath(next));
      void reply.header('set-cookie', journeyCookie(this.config, ticket));
      return url;
    });
  }

  /** Answers with the address to go to, so that a page can show why it is not one. */
  @Post('link')
  @HttpCode(200)
  async askToLink(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply, @Body() given: GivenProof | null): Promise<object> {
    const operation = await this.contexts.ofRequest(request, reply);
    const { url, ticket } = await this.oidc.askToLink(operation.actor, { ...proofOf(given), address: operation.address, device: operation.device });
    void reply.header('set-cookie', journeyCookie(this.config, ticket));
    return { url };
  }

  @Get('return')
  async comeBack(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const ticket = journeyOf(this.config, request.headers.cookie) ?? '';
    const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
    const { toLink, next } = this.oidc.setOut(ticket) ?? { toLink: false, next: '' };
    void reply.header('set-cookie', journeyCookie(this.config, null));
    await this.sent(reply, toLink ? ACCOUNT_PAGE : SIGN_IN_PAGE, async () => {
      const operation = await this.contexts.ofRequest(request, reply);
      if (toLink) {
        await this.oidc.link(operation.actor, { ticket, query, address: operation.address });
        return `${ACCOUNT_PAGE}?oidc=LINKED`;
      }
      const opened = await this.oidc.signIn({ ticket, query, address: operation.address });
      operation.cookies?.keep(opened.token, opened.expiresAt);
      return `${SIGN_IN_PAGE}?oidc=DONE${next === '' ? '' : `&next=${encodeURIComponent(next)}`}`;
    });
  }

  /** Sends the browser on; one that a refusal stops goes to a page of ours that says why. */
  private async sent(reply: FastifyReply, otherwise: string, where: () => Promise<string>): Promise<void> {
    let to: string;
    try {
      to = await where();
    } catch (error) {
      const ended = error instanceof GraphQLError && ['UNAUTHENTICATED', 'SESSION_ENDED'].includes(String(error.extensions['code']));
      if (!ended && !(error instanceof Rejection)) throw error;
      to = error instanceof Rejection ? `${otherwise}?oidc=${error.code}` : `${SIGN_IN_PAGE}?why=ended`;
    }
    await reply.header('cache-control', 'no-store').redirect(to, 303);
  }
}

/** Only a path of our own may be gone to after signing in; '' for anything else. */
function ownPath(given: unknown): string {
  return typeof given === 'string' && given.length <= 500 && /^\/(?![/\\])/.test(given) ? given : '';
}
