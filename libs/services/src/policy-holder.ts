import { Injectable } from '@nestjs/common';
import { policy, type Policy } from '@meriden/domain';

/** Where services and reads find the policy. The tests of the second wall provide another; nothing else may. */
@Injectable()
export class PolicyHolder {
  readonly policy: Policy = policy;
}
