import { Inject, Injectable } from '@nestjs/common';
import { Rejection } from '@meriden/domain';
import { Logger, uuid } from '@meriden/platform';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Codes of top-level errors. Closed: what is not in it, and is no `RejectionCode`, leaves as INTERNAL. */
const CLIENT_CODES = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'CSRF_HEADER_MISSING',
  'DEADLINE_EXCEEDED',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'INTROSPECTION_DISABLED',
  'OPERATION_RESOLUTION_FAILURE',
  'PAGE_TOO_LARGE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'SESSION_ENDED',
  'TOO_COSTLY',
  'TOO_DEEP',
  'TOO_MANY_ALIASES',
  'TOO_MANY_DIRECTIVES',
  'TOO_MANY_POINTS',
  'TOO_MANY_REFUSALS',
  'TOO_MANY_SUBSCRIPTIONS',
  'UNAUTHENTICATED',
  'UNTRUSTED_DOCUMENT',
  'WRONG_TRANSPORT',
]);

/**
 * The one place where anything thrown becomes what a caller reads, over HTTP and over the socket. A `Rejection` thrown by a
 * query keeps its code, rule and remedy (mutations turn theirs into data before it comes here); the caller's own mistakes keep
 * their message; all else is masked behind a reference that stands beside the fault in the log.
 */
@Injectable()
export class ErrorTranslator {
  constructor(@Inject(Logger) private readonly logger: Logger) {}

  translate(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
    const at = { ...(formatted.locations && { locations: formatted.locations }), ...(formatted.path && { path: formatted.path }) };
    const cause = innermost(error);
    if (cause instanceof Rejection) {
      return { message: cause.refusals[0]?.message ?? cause.message, ...at, extensions: { code: cause.code, refusals: cause.refusals } };
    }
    const code = formatted.extensions?.['code'];
    if (cause instanceof GraphQLError && typeof code === 'string' && CLIENT_CODES.has(code)) {
      const { remedy, refusals } = cause.extensions;
      return { message: formatted.message, ...at, extensions: { code, ...(remedy !== undefined && { remedy }), ...(refusals !== undefined && { refusals }) } };
    }
    return { ...this.internal(cause), ...at };
  }

  /** Logs a fault or a defect and gives what may be said about it. */
  internal(fault: unknown): { message: string; extensions: { code: 'INTERNAL'; reference: string } } {
    const reference = uuid();
    this.logger.error('an operation failed', { reference, error: fault });
    return {
      message: `Something went wrong on our side. Your input is not at fault; say this reference when you ask: ${reference}.`,
      extensions: { code: 'INTERNAL', reference },
    };
  }
}

function innermost(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError != null) cause = cause.originalError;
  return cause;
}
