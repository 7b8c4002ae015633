/** How far a learner has come, furthest last. Said by the view `learner_progress` in the database, here only named. */
export const LEARNER_STAGES = ['NO_PROFILE', 'NO_SUGGESTION', 'SUGGESTED', 'RANKED', 'PROPOSED', 'PLACED'] as const;
export type LearnerStage = (typeof LEARNER_STAGES)[number];
