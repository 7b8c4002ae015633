import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { PasskeyService } from '@meriden/services';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { CSRF_HEADER, OperationContexts } from '../graphql/context.js';
import { keyOf } from '../graphql/node-id.js';
import { proofOf, textOf, type GivenProof } from './given-proof.js';

type Given = GivenProof & Readonly<{ ticket?: unknown; response?: unknown; label?: unknown; organisationId?: unknown }>;

/**
 * Passkeys over plain HTTP: a browser asks for options, hands them to the device, and sends its answer back with the ticket that came
 * with them. Signing in is for our own pages alone, as the header shows that other sites cannot send.
 */
@Controller('passkeys')
export class PasskeyController {
  constructor(
    @Inject(PasskeyService) private readonly passkeys: PasskeyService,
    @Inject(OperationContexts) private readonly contexts: OperationContexts,
  ) {}

  @Post('registration/options')
  @HttpCode(200)
  async askToRegister(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply, @Body() given: Given | null): Promise<object> {
    const operation = await this.contexts.ofRequest(request, reply);
    return this.passkeys.askToRegister(operation.actor, { ...proofOf(given), address: operation.address, device: operation.device });
  }

  @Post('registration')
  @HttpCode(200)
  async register(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply, @Body() given: Given | null): Promise<object> {
    const operation = await this.contexts.ofRequest(request, reply);
    const { id, label } = await this.passkeys.register(operation.actor, { ticket: textOf(given?.ticket, 'ticket'), response: given?.response, label: textOf(given?.label, 'label') });
    return { passkeyId: id, label };
  }

  @Post('sign-in/options')
  @HttpCode(200)
  askToSignIn(): Promise<object> {
    return this.passkeys.askToSignIn();
  }

  @Post('sign-in')
  @HttpCode(200)
  async signIn(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply, @Body() given: Given | null): Promise<object> {
    if (request.headers[CSRF_HEADER] !== '1') {
      throw new GraphQLError('Signing in with a passkey needs a header that other sites cannot send.', {
        extensions: { code: 'CSRF_HEADER_MISSING', remedy: `Send the header ${CSRF_HEADER}: 1.`, http: { status: 403 } },
      });
    }
    const operation = await this.contexts.ofRequest(request, reply);
    const organisationId = given?.organisationId == null ? null : keyOf('Organisation', textOf(given.organisationId, 'organisationId'), ['organisationId']);
    const opened = await this.passkeys.signIn({ ticket: textOf(given?.ticket, 'ticket'), response: given?.response, organisationId, address: operation.address });
    operation.cookies?.keep(opened.token, opened.expiresAt);
    return { role: opened.actor.role, expiresAt: opened.expiresAt };
  }
}
