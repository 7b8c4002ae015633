import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { Rejection } from '@meriden/domain';
import { RoundService } from '@meriden/services';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperationContexts } from '../graphql/context.js';
import { ErrorTranslator } from '../graphql/errors.js';
import { keyOf, keyOrNull } from '../graphql/node-id.js';
import { isUuid } from '@meriden/domain';

const STATUS = { INVALID: 400, NOT_FOUND: 404, FORBIDDEN: 403, CONFLICT: 409, OUT_OF_TURN: 409, LIMIT: 429 } as const;

/** The published file of a round, for the `verify` door: the same bytes that were checked before the round was stored. */
@Controller()
export class RoundFileController {
  constructor(
    @Inject(OperationContexts) private readonly contexts: OperationContexts,
    @Inject(RoundService) private readonly rounds: RoundService,
    @Inject(ErrorTranslator) private readonly errors: ErrorTranslator,
  ) {}

  /** @param id node id of the round, or its plain id */
  @Get('/rounds/:id/file')
  async file(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    try {
      const operation = await this.contexts.ofRequest(request, reply);
      if (operation.caller === null) {
        await reply.code(401).send({ code: 'UNAUTHENTICATED', message: 'You are not signed in.' });
        return;
      }
      const roundId = isUuid(id) ? id : (keyOrNull('Round', id) ?? keyOf('Round', id, ['id']));
      const text = await this.rounds.publishedFile(operation.actor, roundId);
      await reply
        .type('application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="round-${roundId}.json"`)
        .send(text);
    } catch (error) {
      if (!(error instanceof Rejection)) {
        const { message, extensions } = this.errors.internal(error);
        await reply.code(500).send({ message, ...extensions });
        return;
      }
      await reply.code(STATUS[error.kind]).send({ code: error.code, refusals: error.refusals });
    }
  }
}
