import { createHash } from 'node:crypto';
import type { Config } from '@meriden/platform';
import type { FastifyInstance } from 'fastify';

/** What a page may load when it says nothing else: nothing. */
const CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Headers of every answer. A page that needs more (the GraphQL page) sets its own `content-security-policy` before. */
export function addSecurityHeaders(app: FastifyInstance, config: Pick<Config, 'publicOrigin' | 'demonstration'>): void {
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', CLOSED);
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    reply.header('x-content-type-options', 'nosniff');
    reply.header('x-frame-options', 'DENY');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('cross-origin-opener-policy', 'same-origin');
    reply.header('cross-origin-resource-policy', 'same-origin');
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()');
    if (config.publicOrigin.startsWith('https:')) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    if (config.demonstration) reply.header('x-meriden-notice', 'demonstration data');
  });
}

/** A policy that lets exactly this inline style through. */
export function policyWithStyle(style: string): string {
  const digest = createHash('sha256').update(style).digest('base64');
  return `${CLOSED}; style-src 'sha256-${digest}'; img-src 'self'`;
}
