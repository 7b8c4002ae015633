import type { Actor, Learner, Organisation } from '@meriden/domain';
import { CONFIG, type Config } from '@meriden/platform';
import { AccessService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { keyOf } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import { LearnerType } from '../learner/learner.types.js';
import { OrganisationType } from '../organisation/organisation.types.js';
import { ReferenceShelf } from '../reference/reference-shelf.js';
import {
  CreateAccountInput,
  CreateAccountPayload,
  ServiceInfoType,
  SignInInput,
  SignInPayload,
  SignOutPayload,
  ViewerType,
  type CreateAccountSuccess,
  type SignInSuccess,
  type SignOutSuccess,
} from './access.types.js';
import { capabilitiesOf } from './capabilities.js';

@Resolver(() => ViewerType)
export class AccessResolver {
  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(ReferenceShelf) private readonly reference: ReferenceShelf,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Query(() => ServiceInfoType, { description: 'What is running here; needs no sign-in.' })
  service(): ServiceInfoType {
    const { demonstration } = this.config;
    const notice = demonstration ? 'demonstration data' : 'live data';
    return { name: 'Meriden', demonstration, notice, referenceEdition: this.reference.edition };
  }

  @Query(() => ViewerType, { nullable: true, description: 'Who is asking and what that role may do.' })
  viewer(@InOperation() operation: Operation): ViewerType | null {
    const { caller } = operation;
    if (caller === null) return null;
    const { actor, person, expiresAt } = caller;
    return { person, role: actor.role, capabilities: capabilitiesOf(actor, operation.shelf.policy), sessionExpiresAt: expiresAt };
  }

  @ResolveField(() => OrganisationType, { description: 'The organisation in which the person acts.' })
  organisation(@InOperation() operation: Operation): Promise<Organisation | null> {
    return operation.loaders.organisation.load(operation.actor.organisationId);
  }

  @ResolveField(() => LearnerType, { nullable: true, description: 'The caller’s own learner record; null for other roles.' })
  async learner(@InOperation() operation: Operation): Promise<Learner | null> {
    const { learnerId }: Actor = operation.actor;
    return learnerId === null ? null : operation.loaders.learner.load(learnerId);
  }

  @Mutation(() => SignInPayload, { complexity: 100, description: 'Opens a session: a cookie for a browser, a token for a program.' })
  signIn(
    @InOperation() operation: Operation,
    @Args('input', { type: () => SignInInput, description: 'E-mail, password and, for staff, the second factor.' }) input: SignInInput,
  ): Promise<SignInSuccess | RefusedType> {
    return answer(async () => {
      const { email, password, code, organisationId, kind } = input;
      const opened = await this.access.signIn({
        email,
        password,
        code: code ?? null,
        organisationId: organisationId == null ? null : keyOf('Organisation', organisationId, ['input', 'organisationId']),
        kind,
        address: operation.address,
        device: operation.device,
      });
      if (kind === 'COOKIE') {
        operation.cookies?.keep(opened.token, opened.expiresAt);
        operation.cookies?.mark(opened.device);
      }
      const { expiresAt, person, actor, refreshToken } = opened;
      return { token: kind === 'BEARER' ? opened.token : null, refreshToken, expiresAt, person, role: actor.role };
    });
  }

  @Mutation(() => SignOutPayload, { description: 'Ends this session at once, everywhere it is open.' })
  signOut(@InOperation() operation: Operation): Promise<SignOutSuccess | RefusedType> {
    return answer(async () => {
      await operation.write((actor) => this.access.signOut(actor));
      operation.cookies?.forget();
      return { signedOut: true };
    });
  }

  @Mutation(() => CreateAccountPayload, { description: 'An operator makes an account; staff get a second factor, shown this once.' })
  createAccount(
    @InOperation() operation: Operation,
    @Args('input', { type: () => CreateAccountInput, description: 'Who, in which role and organisation.' }) input: CreateAccountInput,
  ): Promise<CreateAccountSuccess | RefusedType> {
    return answer(async () => {
      const { email, name, password, role } = input;
      const account = {
        email,
        name,
        password: password ?? null,
        role,
        organisationId: keyOf('Organisation', input.organisationId, ['input', 'organisationId']),
        learnerId: input.learnerId == null ? null : keyOf('Learner', input.learnerId, ['input', 'learnerId']),
      };
      const { person, totpSecret } = await operation.write((actor) => this.access.createAccount(actor, account));
      return { person, totpSecret };
    });
  }
}
