import { Ground1763793000000 } from './1763793000000-ground.js';
import { CandidateMasking1763799600000 } from './1763799600000-candidate-masking.js';
import { Accounts1763900000000 } from './1763900000000-accounts.js';
import { Joining1763900100000 } from './1763900100000-joining.js';
import { AuditChain1763900200000 } from './1763900200000-audit-chain.js';
import { SubjectRequests1763900300000 } from './1763900300000-subject-requests.js';
import { Imports1763900400000 } from './1763900400000-imports.js';
import { ParkedCommands1763900700000 } from './1763900700000-parked-commands.js';
import { Choices1763900800000 } from './1763900800000-choices.js';
import { Argument1763900850000 } from './1763900850000-argument.js';
import { Challenges1763900900000 } from './1763900900000-challenges.js';
import { Eligibility1763900950000 } from './1763900950000-eligibility.js';
import { DryRuns1763901000000 } from './1763901000000-dry-runs.js';
import { RoundModes1763901100000 } from './1763901100000-round-modes.js';
import { MembershipEnds1764000100000 } from './1764000100000-membership-ends.js';
import { InterruptedTries1764000300000 } from './1764000300000-interrupted-tries.js';
import { LongTransactions1764000300100 } from './1764000300100-long-transactions.js';
import { FederatedIdentities1764000400000 } from './1764000400000-federated-identities.js';
import { RowsKeepTheirOwner1764000500000 } from './1764000500000-rows-keep-their-owner.js';
import { SkillSupply1764000600000 } from './1764000600000-skill-supply.js';
import { TravelFiles1764000700100 } from './1764000700100-travel-files.js';
import { AskedSkills1764000800000 } from './1764000800000-asked-skills.js';
import { SuggestionFloors1764000800100 } from './1764000800100-suggestion-floors.js';
import { SuggestionRoom1764000800200 } from './1764000800200-suggestion-room.js';
import { LearnerRoll1764000800300 } from './1764000800300-learner-roll.js';
import { SuggestionLists1764000900000 } from './1764000900000-suggestion-lists.js';

/** In order. Named here one by one: a glob would find other files in the sources than in the build. */
export const MIGRATIONS = [
  Ground1763793000000,
  CandidateMasking1763799600000,
  Accounts1763900000000,
  Joining1763900100000,
  AuditChain1763900200000,
  SubjectRequests1763900300000,
  Imports1763900400000,
  ParkedCommands1763900700000,
  Choices1763900800000,
  Argument1763900850000,
  Challenges1763900900000,
  Eligibility1763900950000,
  DryRuns1763901000000,
  RoundModes1763901100000,
  MembershipEnds1764000100000,
  InterruptedTries1764000300000,
  LongTransactions1764000300100,
  FederatedIdentities1764000400000,
  RowsKeepTheirOwner1764000500000,
  SkillSupply1764000600000,
  TravelFiles1764000700100,
  AskedSkills1764000800000,
  SuggestionFloors1764000800100,
  SuggestionRoom1764000800200,
  LearnerRoll1764000800300,
  SuggestionLists1764000900000,
];
