import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { isUuid } from '@meriden/domain';
import { RoundService } from '@meriden/services';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperationContexts } from '../graphql/context.js';
import { keyOf } from '../graphql/node-id.js';

/** The published file of a round, for the `verify` door: the same bytes that were checked before the round was stored. */
@Controller()
export class RoundFileController {
  constructor(
    @Inject(OperationContexts) private readonly contexts: OperationContexts,
    @Inject(RoundService) private readonly rounds: RoundService,
  ) {}

  /** @param id node id of the round, or its plain id */
  @Get('/rounds/:id/file')
  async file(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { actor } = await this.contexts.ofRequest(request, reply);
    const roundId = isUuid(id) ? id : keyOf('Round', id, ['id']);
    const text = await this.rounds.publishedFile(actor, roundId);
    await reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="round-${roundId}.json"`)
      .send(text);
  }
}
