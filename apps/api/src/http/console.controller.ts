import { Controller, Get, Inject, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConsoleFiles, type ConsoleFile } from './console-files.js';

/** The console: its files by name, and its one page for every address that a person opens and nobody else answers. */
@Controller()
export class ConsoleController {
  constructor(@Inject(ConsoleFiles) private readonly files: ConsoleFiles) {}

  @Get('*')
  any(@Param('*') path: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const file = this.files.file(path) ?? (opensPage(request, path) ? this.files.page : null);
    if (file === null) throw new NotFoundException();
    sendFile(this.files, file, request, reply);
  }
}

/** A page is asked for as HTML and has no file name; a missing script must not be answered with a page. */
function opensPage(request: FastifyRequest, path: string): boolean {
  return (request.headers.accept ?? '').includes('text/html') && !/\.\w{1,8}$/.test(path);
}

export function sendFile(files: ConsoleFiles, file: ConsoleFile, request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('content-security-policy', files.policy).header('vary', 'accept-encoding').type(file.type);
  // The page names the newest scripts: never kept. What carries its digest in its name is kept for a year.
  if (file.lasting) void reply.header('cache-control', 'public, max-age=31536000, immutable');
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const packed = file.packed.find(({ encoding }) => accepts(accepted, encoding));
  if (packed !== undefined) {
    void reply.header('content-encoding', packed.encoding).send(packed.bytes);
    return;
  }
  void reply.send(file.plain);
}

/** Whether a list such as `gzip, br;q=0.5` names an encoding and does not refuse it with a weight of nothing. */
function accepts(list: string, encoding: string): boolean {
  const [, weight] = list.split(',').map((each) => each.trim().toLowerCase().split(/\s*;\s*q=/)).find(([name]) => name === encoding) ?? [undefined, '0'];
  return Number(weight ?? 1) > 0;
}
