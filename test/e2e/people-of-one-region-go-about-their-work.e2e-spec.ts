import { aLearnerIsErased } from './journeys/a-learner-has-a-copy-is-erased-and-no-byte-is-left.js';
import { aSubscriptionEnds } from './journeys/a-subscription-ends-with-the-session.js';
import { badInputComesBack } from './journeys/bad-input-comes-back-as-a-refusal-and-stores-nothing.js';
import { learnerRanksAndAccepts } from './journeys/learner-ranks-and-accepts-while-the-other-college-sees-nothing.js';
import { nobodyGetsPastTheRim } from './journeys/nobody-gets-past-the-rim-of-the-api.js';
import { START_MS, startMeriden, type Meriden } from './support/meriden.js';

let meriden: Meriden;
beforeAll(async () => {
  meriden = await startMeriden();
}, START_MS);
afterAll(() => meriden?.end());

// One region for all of them. In this order: the first lives in the one round that is open and leaves nothing, the second has that round
// solved; who tries the rim uses up what accounts may have refused; the last stops the API.
const started = (): Meriden => meriden;
aLearnerIsErased(started);
learnerRanksAndAccepts(started);
badInputComesBack(started);
nobodyGetsPastTheRim(started);
aSubscriptionEnds(started);
