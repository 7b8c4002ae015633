/** How far a learner has come, furthest last. Said by the database function `learner_stage`, here only named. */
export const LEARNER_STAGES = ['NO_PROFILE', 'NO_SUGGESTION', 'SUGGESTED', 'RANKED', 'PROPOSED', 'PLACED'] as const;
export type LearnerStage = (typeof LEARNER_STAGES)[number];
