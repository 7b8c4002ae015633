import { REFUSALS } from './graphql-client.js';

/** Every document that the main job sends: the public API and nothing beside it. */
export const SIGN_IN = `mutation SignIn($input: SignInInput!) { signIn(input: $input) { ... on SignInSuccess { token role } ${REFUSALS} } }`;

export const SCORE_REGION = `mutation ScoreRegion($input: ScoreRegionInput!) { scoreRegion(input: $input) { ... on ScoreRegionSuccess { scoringRun { id } } ${REFUSALS} } }`;
export const SCORING_RUN = `query ScoringRun($id: ID!) { scoringRun(id: $id) { state learners vacancies pairs chunks chunksDone startedAt endedAt } }`;

export const LATEST_RUN = `query LatestRun { scoringRuns(first: 1) { nodes { id state } } }`;

export const ROUND = `query Round($id: ID!) { round(id: $id) { id name state stage version matched unmatched failure certificate { valid } } }`;
export const OPEN_ROUNDS = `query OpenRounds { rounds(first: 100, state: OPEN) { nodes { id name rules { preferencesCloseAt } } } }`;
export const OPEN_ROUND = `mutation OpenRound($input: OpenRoundInput!) { openRound(input: $input) { ... on OpenRoundSuccess { round { id name } } ${REFUSALS} } }`;
export const FREEZE_ROUND = `mutation FreezeRound($input: FreezeRoundInput!) { freezeRound(input: $input) { ... on FreezeRoundSuccess { round { version } } ${REFUSALS} } }`;
export const SOLVE_ROUND = `mutation SolveRound($input: SolveRoundInput!) { solveRound(input: $input) { ... on SolveRoundSuccess { round { version } } ${REFUSALS} } }`;
export const PUBLISH_ROUND = `mutation PublishRound($input: PublishRoundInput!) { publishRound(input: $input) { ... on PublishRoundSuccess { round { state version } } ${REFUSALS} } }`;

export const VACANCIES = `query Vacancies($after: String) { vacancies(first: 100, after: $after) { nodes { openings } pageInfo { hasNextPage endCursor } } }`;
/** By the operator, who sees all learners: 100 learners with their best 20 in one request. */
export const BEST_SUGGESTIONS = `query BestSuggestions($after: String) {
  learners(first: 100, after: $after) { nodes { uln bestSuggestions(first: 20) { score vacancy { id } } } pageInfo { hasNextPage endCursor } }
}`;
export const RANK_VACANCIES = `mutation RankVacancies($input: RankVacanciesInput!) { rankVacancies(input: $input) { ... on RankVacanciesSuccess { preference { receipt } } ${REFUSALS} } }`;

export const CANDIDATES = `query Candidates($after: String) {
  candidates(first: 100, after: $after) { nodes { id skills { evidence } } pageInfo { hasNextPage endCursor } }
}`;
export const OWN_LIST = `query OwnList($roundId: ID!) { employerPreference(roundId: $roundId) { version } }`;
export const RANK_CANDIDATES = `mutation RankCandidates($input: RankCandidatesInput!) { rankCandidates(input: $input) { ... on RankCandidatesSuccess { preference { receipt } } ${REFUSALS} } }`;

export const OWN_PROPOSALS = `query OwnProposals { proposals(first: 20, state: PROPOSED) { nodes { id version round { id } } } }`;
export const UNANSWERED = `query Unanswered($after: String) {
  proposals(first: 100, after: $after, state: PROPOSED) { nodes { id version learner { uln } } pageInfo { hasNextPage endCursor } }
}`;
export const ACCEPT_PROPOSAL = `mutation AcceptProposal($input: AcceptProposalInput!) { acceptProposal(input: $input) { ... on AcceptProposalSuccess { proposal { state } } ${REFUSALS} } }`;
export const DECLINE_PROPOSAL = `mutation DeclineProposal($input: DeclineProposalInput!) { declineProposal(input: $input) { ... on DeclineProposalSuccess { proposal { state } } ${REFUSALS} } }`;
