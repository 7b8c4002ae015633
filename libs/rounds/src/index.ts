export { freezeInput, publicLearnerId, type RoundPeople, type RoundSnapshot } from './snapshot.js';
export { planRound, type PlannedOutcome, type RoundPlan } from './plan-round.js';
export { tryRound, type RoundTrial } from './try-round.js';
export { lotterySeed, ROUND_FILE_FORMAT, verifyRound, type RoundFile, type RoundVerdict } from './round-file.js';
export { DECLINED_BEFORE, WITHHELD_BEFORE, tellReason, type ReasonCode } from './reasons.js';
