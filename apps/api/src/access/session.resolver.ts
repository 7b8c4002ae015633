import { SessionService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, Mutation, ResolveField, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import type { Operation } from '../graphql/operation.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import { ViewerType } from './access.types.js';
import { EndSessionsInput, EndSessionsPayload, RefreshSessionInput, RefreshSessionPayload, SessionType, type EndSessionsSuccess, type RefreshSessionSuccess } from './session.types.js';

@Resolver(() => ViewerType)
export class SessionResolver {
  constructor(@Inject(SessionService) private readonly sessions: SessionService) {}

  @ResolveField('sessions', () => [SessionType], { complexity: 10, description: 'Where the person is signed in now, the newest first; at most 100.' })
  async ownSessions(@InOperation() operation: Operation): Promise<SessionType[]> {
    const live = await operation.read((tx, actor) => this.sessions.list(tx, actor));
    return live.map(({ id, createdAt, ...rest }) => ({ sessionId: id, startedAt: createdAt, ...rest }));
  }

  @Mutation(() => RefreshSessionPayload, { complexity: 50, description: 'Renews a program’s tokens; a refresh token that is used twice ends its session.' })
  refreshSession(@Args('input', { type: () => RefreshSessionInput, description: 'The newest refresh token of the session.' }) input: RefreshSessionInput): Promise<RefreshSessionSuccess | RefusedType> {
    return answer(async () => {
      const { token, refreshToken, expiresAt } = await this.sessions.refresh(input.refreshToken);
      return { token, refreshToken, expiresAt };
    });
  }

  @Mutation(() => EndSessionsPayload, { description: 'Ends one of the caller’s own sessions, or all but this one.' })
  endSessions(
    @InOperation() operation: Operation,
    @Args('input', { type: () => EndSessionsInput, description: 'Which session; none means all others.' }) input: EndSessionsInput,
  ): Promise<EndSessionsSuccess | RefusedType> {
    return answer(async () => ({ ended: await operation.write((actor) => this.sessions.end(actor, input.sessionId ?? null)) }));
  }
}
