import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

export type FaultKind = 'unreachable' | 'internal' | 'refused' | 'signed-out';
export type ReadFault = Readonly<{ kind: FaultKind; message: string; remedy?: string | undefined; reference: string }>;

const SIGNED_OUT = new Set(['UNAUTHENTICATED', 'SESSION_ENDED']);

/** Whether an error says that nobody is signed in any more. */
export function isSignedOut(error: unknown): boolean {
  return readFault(error).kind === 'signed-out';
}

/**
 * Anything thrown by a request, sorted: the service away, a fault on its side (with its reference), or a refusal. Where the
 * service gave no reference the time stands for it, so that support can find the minute in the log.
 */
export function readFault(error: unknown): ReadFault {
  if (CombinedGraphQLErrors.is(error)) {
    const first = error.errors[0];
    const about = first?.extensions ?? {};
    const code = typeof about['code'] === 'string' ? about['code'] : 'INTERNAL';
    const message = first?.message ?? '';
    if (SIGNED_OUT.has(code)) return { kind: 'signed-out', message, reference: code };
    if (code === 'INTERNAL') return { kind: 'internal', message, reference: typeof about['reference'] === 'string' ? about['reference'] : minute() };
    return { kind: 'refused', message, remedy: typeof about['remedy'] === 'string' ? about['remedy'] : undefined, reference: code };
  }
  if (ServerError.is(error)) {
    if (error.statusCode === 401) return { kind: 'signed-out', message: error.message, reference: '401' };
    return { kind: error.statusCode >= 500 ? 'unreachable' : 'internal', message: error.message, reference: `HTTP ${error.statusCode}, ${minute()}` };
  }
  // fetch throws a TypeError when nothing answers, an AbortError or TimeoutError when the deadline passed.
  if (error instanceof TypeError || (error instanceof DOMException && /Abort|Timeout/.test(error.name))) return { kind: 'unreachable', message: error.message, reference: minute() };
  return { kind: 'internal', message: error instanceof Error ? error.message : String(error), reference: minute() };
}

const minute = (): string => new Date().toISOString().slice(0, 16).replace('T', ' ');
