/** Where something that was accepted stands: it is DONE in the transaction of its effect, or DEAD (parked) with a reason, never lost. */
export const COMMAND_STATES = ['ACCEPTED', 'DONE', 'DEAD'] as const;
export type CommandState = (typeof COMMAND_STATES)[number];
