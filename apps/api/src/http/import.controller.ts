import { Readable } from 'node:stream';
import { Controller, Inject, Param, Post, Req, Res, UnsupportedMediaTypeException } from '@nestjs/common';
import { ImportsService } from '@meriden/services';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperationContexts } from '../graphql/context.js';

/** Where files are handed in: `text/csv`, the file itself as the body, read as it comes. */
@Controller()
export class ImportController {
  constructor(
    @Inject(OperationContexts) private readonly contexts: OperationContexts,
    @Inject(ImportsService) private readonly imports: ImportsService,
  ) {}

  /** @param kind `learners`, `vacancies`, `organisations` or `travel` */
  @Post('/imports/:kind')
  async upload(@Param('kind') kind: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // JSON comes here already read.
    const body: unknown = request.body;
    if (!(body instanceof Readable)) throw new UnsupportedMediaTypeException();
    try {
      const { actor } = await this.contexts.ofRequest(request, reply);
      const { id, bytes, version } = await this.imports.upload(actor, kind, body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>);
      await this.taken(reply, { uploadId: id, bytes, version });
    } catch (error) {
      // The rest of the file must not be taken for the next request, nor keep the answer from arriving.
      void reply.header('connection', 'close');
      body.resume();
      throw error;
    }
  }

  private async taken(reply: FastifyReply, run: Readonly<{ uploadId: string; bytes: number; version: number }>): Promise<void> {
    await reply.code(201).type('application/json; charset=utf-8').send(JSON.stringify(run));
  }
}
