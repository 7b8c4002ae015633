import { catalogue } from '../../words/catalogue.js';

/** Strings of what a learner says about a score, and of what is answered. */
export const t = catalogue({
  wrong: 'This is wrong',
  own: 'Is something of your own not true any more? Put it right: the score is worked out again within seconds, and the old one stays on record.',
  ask: 'Is something else wrong? Say it, and a person at your college looks at it, decides and tells you why.',
  part: 'What is wrong',
  words: 'What is wrong about it?',
  wordsNote: '3 to 2,000 characters. Your college reads it.',
  send: 'Ask a person to look',
  sent: 'Your question was sent. Somebody at your college takes it up within three days.',
  mine: 'What you asked about this score',
  withdraw: 'Take this back',
  withdrawn: 'You took your question back.',
  doors: {
    title: 'What would raise this',
    none: 'No single change of yours would raise this score.',
    points: '{{points}} points more here',
    opens_one: '{{count}} more place opens',
    opens_other: '{{count}} more places open',
    parts: 'What is missing now',
  },
});
