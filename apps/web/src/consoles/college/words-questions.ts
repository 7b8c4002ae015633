import { catalogue } from '../../words/catalogue.js';

/** Strings of the page on which a college answers questions about scores. */
export const t = catalogue({
  title: 'Questions about scores',
  none: 'Nobody has questioned a score',
  noneWhy: 'When a learner says that something is wrong, it stands here with its date, the soonest first.',
  open: 'To answer',
  nothingOpen: 'Nothing waits for an answer.',
  answered: 'Answered',
  about: '{{learner}}, about {{vacancy}}',
  someone: 'A learner',
  vacancy: 'a vacancy that is gone',
  takeUp: 'I am looking at it',
  takenUp: 'You took it up. The learner sees your name.',
  decide: 'Decide',
  decision: 'Is the learner right?',
  upheld: 'Yes, the learner is right',
  notUpheld: 'No, the score is right',
  record: 'The score is worked out again from the learner’s record as it stands: put the record right first.',
  reason: 'Why?',
  reasonNote: '10 to 2,000 characters. The learner reads it, with your name.',
  send: 'Decide and tell the learner',
  decided: 'Decided. The learner reads your reason; the score is worked out again.',
});
