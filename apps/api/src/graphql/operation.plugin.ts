import type { ApolloServerPlugin } from '@apollo/server';
import { Plugin } from '@nestjs/apollo';
import { Inject } from '@nestjs/common';
import { CONFIG, Metrics, type Config } from '@meriden/platform';
import { admit } from './admission.js';
import { RimOfInstallation } from './rim.js';
import { LIMITS } from './limits.js';
import type { GraphqlContext } from './context.js';
import type { Budget } from './point-budgets.js';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.6, 1, 2.5, 5, 10];

/** Admits operations that come over HTTP, echoes their cost, and ends their read transaction with the response. */
@Plugin()
export class OperationPlugin implements ApolloServerPlugin<GraphqlContext> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(RimOfInstallation) private readonly rim: RimOfInstallation,
  ) {}

  async requestDidStart() {
    const { demonstration } = this.config;
    const { rim } = this;
    const took = this.metrics.histogram('meriden_graphql_seconds', 'Time from request to answer of a GraphQL operation.', SECONDS, ['kind', 'outcome']);
    const started = performance.now();
    return {
      async didResolveOperation({ contextValue, schema, document, operationName, request, source }: Resolved) {
        admit(contextValue.operation, { schema, document, operationName, variables: request.variables ?? {} }, rim);
        // What costs nothing says nothing, and anybody could write thousands of it.
        if (contextValue.operation.cost > 0) rim.refusals.ran(source);
      },
      async willSendResponse({ contextValue, response, operation, errors, source }: Sent) {
        const caller = contextValue.operation;
        await caller.rest();
        took.observe({ kind: operation?.operation ?? 'none', outcome: errors === undefined ? 'ok' : 'error' }, (performance.now() - started) / 1000);
        const { budget } = caller;
        if (budget === null && errors !== undefined) rim.refusals.refused(caller.account, source, errors);
        if (budget !== null) for (const [header, value] of Object.entries(budgetHeaders(budget))) response.http.headers.set(header, value);
        if (response.body.kind !== 'single' || caller.cost === 0) return;
        response.body.singleResult.extensions = {
          ...response.body.singleResult.extensions,
          // Not what is left of the budget: a mutation sent again is answered byte for byte; the headers say that.
          cost: { requested: caller.cost, limit: LIMITS.cost },
          ...(demonstration && { notice: 'demonstration data' }),
        };
      },
    };
  }
}

type Listener = Exclude<Awaited<ReturnType<NonNullable<ApolloServerPlugin<GraphqlContext>['requestDidStart']>>>, void>;
type Resolved = Parameters<NonNullable<Listener['didResolveOperation']>>[0];
type Sent = Parameters<NonNullable<Listener['willSendResponse']>>[0];

/** In the words that clients know from other services; when refused, also when to come again. */
function budgetHeaders({ limit, remaining, resetSeconds, spent }: Budget): Record<string, string> {
  const told = { 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(remaining), 'x-ratelimit-reset': String(resetSeconds) };
  return spent ? { ...told, 'retry-after': String(resetSeconds) } : told;
}
