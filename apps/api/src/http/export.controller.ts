import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ExportsService } from '@meriden/services';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperationContexts } from '../graphql/context.js';

/** Lists as files: what the asker sees on screen, for a spreadsheet. */
@Controller()
export class ExportController {
  constructor(
    @Inject(OperationContexts) private readonly contexts: OperationContexts,
    @Inject(ExportsService) private readonly exports: ExportsService,
  ) {}

  /** @param file `learners.csv` and the like */
  @Get('/exports/:file')
  async file(@Param('file') file: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { actor } = await this.contexts.ofRequest(request, reply);
    const name = /^([a-z]+)\.csv$/.exec(file)?.[1] ?? '';
    const written = await this.exports.csv(actor, name);
    await reply.type('text/csv; charset=utf-8; header=present').header('content-disposition', `attachment; filename="${name}.csv"`).send(written);
  }
}
