import { isUuid, notFound } from '@meriden/domain';
import { PersonalDataService } from '@meriden/services';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperationContexts } from '../graphql/context.js';

/** The copy of a person's own data: for whoever asked for it, once. */
@Controller()
export class DataCopyController {
  constructor(
    @Inject(OperationContexts) private readonly contexts: OperationContexts,
    @Inject(PersonalDataService) private readonly people: PersonalDataService,
  ) {}

  /** @param id number of the request */
  @Get('/my-data/:id/copy')
  async copy(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { actor } = await this.contexts.ofRequest(request, reply);
    if (!isUuid(id)) throw notFound('copy of data');
    const file = await this.people.fetch(actor, id);
    await reply
      .type('application/zip')
      .header('content-disposition', 'attachment; filename="my-data.zip"')
      .header('cache-control', 'no-store')
      .send(Buffer.from(file));
  }
}
