import type { IncomingMessage } from 'node:http';
import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { GqlContextType } from '@nestjs/graphql';
import { REJECTION_CODES, Rejection, type RejectionKind } from '@meriden/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ErrorTranslator } from '../graphql/errors.js';

const STATUS: Readonly<Record<RejectionKind, number>> = { INVALID: 400, NOT_FOUND: 404, FORBIDDEN: 403, CONFLICT: 409, OUT_OF_TURN: 409, LIMIT: 429 };

/** What is said of requests that HTTP itself refuses, by status; `refusal` in the form of every other refusal. */
const SAID: Readonly<Record<number, Readonly<{ code: string; message: string; rule: string; remedy: string }>>> = {
  400: { code: 'BAD_REQUEST', message: 'The body of this request cannot be read.', rule: 'A GraphQL request is a JSON object with `query`.', remedy: 'Check the JSON and its content-length.' },
  404: { code: 'NOT_FOUND', message: 'There is nothing at this address.', rule: 'The addresses are listed on the front page.', remedy: 'Go to / and follow a link from there.' },
  405: { code: 'BAD_REQUEST', message: 'This address does not take that method.', rule: 'Queries and mutations are sent with POST.', remedy: 'Send a POST request.' },
  408: { code: 'BAD_REQUEST', message: 'The request did not arrive in time.', rule: 'A request is sent within 15 seconds.', remedy: 'Send it again over a better connection.' },
  413: { code: 'BODY_TOO_LARGE', message: 'The body of this request is too large.', rule: 'A request holds at most 64 kB; each text field has a limit of its own far below that.', remedy: 'Shorten the longest text, or send several requests.' },
  415: { code: 'BAD_REQUEST', message: 'The body of this request is of a type that is not read here.', rule: 'Bodies are application/json, and text/csv where a file is handed in.', remedy: 'Set the header content-type.' },
};

/** Bytes of a body that is too large which are read all the same, for so many milliseconds, and for so many without a byte. */
const READ_AWAY = 16 * 1024 * 1024;
const READ_MS = 10_000;
const QUIET_MS = 2_000;

/**
 * Reads what is still coming and forgets it: whoever is cut off in the midst of sending sees a broken connection where the answer would
 * be. A body without end, or one that does not go on, is not waited for: its sender is answered as it is.
 */
function readAway(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;
    const enough = (): void => {
      clearTimeout(longest);
      clearTimeout(quiet);
      request.off('data', count);
      request.pause();
      resolve();
    };
    const longest = setTimeout(enough, READ_MS);
    const quiet = setTimeout(enough, QUIET_MS);
    const count = (chunk: Buffer): void => {
      bytes += chunk.length;
      quiet.refresh();
      if (bytes > READ_AWAY) enough();
    };
    request.on('data', count);
    for (const over of ['end', 'close', 'error']) request.once(over, enough);
    request.resume();
  });
}

/**
 * Whatever is thrown outside GraphQL (a body that cannot be read, an unknown address, a download), in the shape of a GraphQL
 * error, so that a client reads one kind of error; the translation is that of GraphQL.
 */
@Catch()
export class RimFilter implements ExceptionFilter {
  constructor(@Inject(ErrorTranslator) private readonly errors: ErrorTranslator) {}

  catch(error: unknown, host: ArgumentsHost): void {
    // Faults of resolvers go on to GraphQL, whose own translation they get.
    if (host.getType<GqlContextType>() === 'graphql') throw error;
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const { status, body } = this.answer(error);
    const send = (): void => void reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify({ errors: [body] }));
    if (status !== 413) return send();
    // What would still come is not waited for any further.
    void reply.header('connection', 'close');
    void readAway(http.getRequest<FastifyRequest>().raw).then(send);
  }

  private answer(error: unknown): { status: number; body: GraphQLFormattedError } {
    if (error instanceof Rejection) return { status: error.code === 'FILE_TOO_LARGE' ? 413 : STATUS[REJECTION_CODES[error.code]], body: this.errors.translate({ message: error.message }, error) };
    if (error instanceof GraphQLError) {
      const http = error.extensions['http'] as { status?: number } | undefined;
      return { status: http?.status ?? 400, body: this.errors.translate(error.toJSON(), error) };
    }
    const status = error instanceof HttpException ? error.getStatus() : Number((error as { statusCode?: unknown } | null)?.statusCode);
    const said = SAID[status];
    if (said === undefined) return { status: 500, body: this.errors.internal(error) };
    const { code, message, rule, remedy } = said;
    return { status, body: { message, extensions: { code, rule, remedy } } };
  }
}
