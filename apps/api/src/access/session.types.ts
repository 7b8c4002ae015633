import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { RoleEnum, SessionKindEnum } from '../graphql/enums.js';
import { payloadOf } from '../graphql/payload.js';
import { DateTimeScalar, UuidScalar } from '../graphql/scalars.js';

@ObjectType('Session', { description: 'One place where the person is signed in: a browser or a program.' })
export class SessionType {
  @Field(() => UuidScalar, { description: 'Names the session, for `endSessions`; it is no token and opens nothing.' })
  sessionId: string;
  @Field(() => SessionKindEnum, { description: 'COOKIE for a browser, BEARER for a program.' })
  kind: keyof typeof SessionKindEnum;
  @Field(() => DateTimeScalar, { description: 'When the person signed in there.' })
  startedAt: string;
  @Field(() => DateTimeScalar, { description: 'When its present token ends; a program may renew it.' })
  expiresAt: string;
  @Field(() => RoleEnum, { description: 'The role in which the person acts there.' })
  role: keyof typeof RoleEnum;
  @Field(() => Boolean, { description: 'True for the session that asks this very question.' })
  current: boolean;
}

@InputType({ description: 'What a program renews its token with.' })
export class RefreshSessionInput {
  @Field(() => String, { description: 'The newest refresh token; it works once, and again within ten seconds for a lost answer.' })
  refreshToken: string;
}

@ObjectType('RefreshSessionSuccess', { description: 'The next pair of tokens; the former two are worth nothing now.' })
export class RefreshSessionSuccess {
  @Field(() => String, { description: 'The bearer token for the next two hours.' })
  token: string;
  @Field(() => String, { description: 'What the next renewal is asked with.' })
  refreshToken: string;
  @Field(() => DateTimeScalar, { description: 'When the new token ends unless it is renewed.' })
  expiresAt: string;
}
export const RefreshSessionPayload = payloadOf('RefreshSession', RefreshSessionSuccess, 'RefreshSessionSuccess');

@InputType({ description: 'Which of the caller’s own sessions are to end.' })
export class EndSessionsInput {
  @Field(() => UuidScalar, { nullable: true, description: 'One of the own sessions; left out: all but the present one.' })
  sessionId?: string | null;
}

@ObjectType('EndSessionsSuccess', { description: 'The sessions have ended, and their sockets are closed within two seconds.' })
export class EndSessionsSuccess {
  @Field(() => Int, { description: 'How many sessions ended by this.' })
  ended: number;
}
export const EndSessionsPayload = payloadOf('EndSessions', EndSessionsSuccess, 'EndSessionsSuccess');
