import { catalogue } from '../words/catalogue.js';

/** Strings of a question about a score, as both sides read it. */
export const t = catalogue({
  whole: 'The score as a whole',
  term: 'What it is made of: {{name}}',
  gate: 'A rule: {{name}}',
  asked: 'Asked {{when}}',
  states: {
    RAISED: 'Waits for somebody at the college, until {{until}}',
    ACKNOWLEDGED: '{{name}} is looking at it and decides by {{until}}',
    CORRECTED: 'The learner’s own data were put right; nobody had to decide',
    UPHELD: '{{name}} found the question justified',
    NOT_UPHELD: '{{name}} found that the score is right',
    WITHDRAWN: 'Taken back',
  },
  reason: 'Why: {{reason}}',
  note: '{{name}}, {{when}}: {{words}}',
  versions: 'The score before and after',
  before: 'When it was asked',
  after: 'After the answer',
  score: 'The whole score',
  notYet: 'worked out after the answer',
  add: 'Add something',
  addWords: 'What else is there to say?',
  addSend: 'Add this',
  added: 'Added. Both sides can read it.',
});
