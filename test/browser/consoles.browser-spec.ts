import { START_MS } from '../e2e/support/meriden.js';
import { aPasskeyOpensAnAccount } from './journeys/a-passkey-opens-an-account.js';
import { aScoreIsQuestioned } from './journeys/a-score-is-questioned-and-a-named-person-answers.js';
import { collegeFindsWhy } from './journeys/college-finds-why-a-learner-is-unplaced.js';
import { employerDecidesTenCandidates } from './journeys/employer-decides-ten-candidates-by-keyboard-alone.js';
import { employerPostsAVacancy } from './journeys/employer-posts-a-vacancy-in-25-interactions.js';
import { everyPlaceInEveryState } from './journeys/every-place-is-accessible-in-every-state.js';
import { learnerFindsAFirstMatch } from './journeys/learner-finds-a-first-match-from-an-empty-profile.js';
import { nothingIsLost } from './journeys/nothing-is-lost-and-nothing-is-left-behind.js';
import { operatorAddsAName } from './journeys/operator-adds-a-name-of-a-skill-and-drops-it.js';
import { operatorProposesWeights } from './journeys/operator-proposes-weights-and-another-puts-them-in-force.js';
import { operatorRunsARound } from './journeys/operator-runs-a-round-and-a-second-person-publishes-it.js';
import { somebodySignsInThroughTheirOrganisation } from './journeys/somebody-signs-in-through-their-organisation.js';
import { BRIEF } from './support/chromium.js';
import { Stage } from './support/stage.js';

// One region and one browser for all of them. In this order: the round ends with its publication, and what it leaves behind (offers,
// outcomes, results) is what the look at every place looks at; after it come those that change how people get in and how they are scored.
describe('in a real browser', () => {
  const stage = new Stage();
  beforeAll(() => stage.open(BRIEF), START_MS);
  afterAll(() => stage.close());

  learnerFindsAFirstMatch(stage);
  employerPostsAVacancy(stage);
  employerDecidesTenCandidates(stage);
  collegeFindsWhy(stage);
  aScoreIsQuestioned(stage);
  nothingIsLost(stage);
  operatorAddsAName(stage);
  operatorRunsARound(stage);
  everyPlaceInEveryState(stage);
  aPasskeyOpensAnAccount(stage);
  somebodySignsInThroughTheirOrganisation(stage);
  operatorProposesWeights(stage);
});
