import { catalogue } from '../words/catalogue.js';

/** Strings of the flow from course to place; apart, so that only pages with the picture load them. */
export const flow = catalogue({
  title: 'From course to place',
  all: 'All learners',
  profile: 'Profile complete',
  eligible: 'Fits a vacancy',
  ranked: 'Ranked',
  proposed: 'Offered',
  placed: 'Placed',
  stopped: { NO_PROFILE: 'No profile yet', NO_SUGGESTION: 'Fits nothing yet', SUGGESTED: 'Not ranked', RANKED: 'Not offered', PROPOSED: 'Not answered' },
  none: 'Nobody is here yet.',
  reading: '{{placed}} of {{all}} learners are placed.',
  worst: 'Most of the others wait at “{{where}}”: {{count}}.',
  from: 'From',
  to: 'To',
  learners: 'Learners',
});
