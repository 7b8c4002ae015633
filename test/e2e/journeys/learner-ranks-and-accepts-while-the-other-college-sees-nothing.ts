import { randomUUID } from 'node:crypto';
import { REFUSED, type GraphqlClient } from '../support/graphql-client.js';
import type { Meriden } from '../support/meriden.js';
import { subscribe } from '../support/subscription.js';

type Id = Readonly<{ id: string }>;
type Suggested = Readonly<{ suggestionsChanged: { resumeToken: string; best: readonly { score: number; vacancy: Id | null }[] } }>;
type Round = Readonly<{ id: string; state: string; stage: string; version: number }>;

let meriden: Meriden;

const within = async <T>(ms: number, what: string, look: () => Promise<T | null>): Promise<T> => {
  const until = performance.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > until) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

const VACANCY = `fragment V on Vacancy { id title state version openings campus { key status } employer { name } skills { need skill { label cluster } } }`;
const POST = `mutation ($input: PostVacancyInput!) { postVacancy(input: $input) { ... on PostVacancySuccess { vacancy { ...V } } ${REFUSED} } } ${VACANCY}`;

/** A vacancy made to measure for one learner: its own programme, level, days and skills. */
async function fittingVacancy(learner: GraphqlClient): Promise<Record<string, unknown>> {
  const { viewer } = await learner.ask<{ viewer: { learner: Profile } }>(
    `{ viewer { learner { level qualification { programmeKind } entryPoint { key } requiredHours
        availability { from to weekdays hoursPerWeek } skills { skill { key } } checks { kind } } } }`,
  );
  const { level, qualification, availability, skills, requiredHours } = viewer.learner;
  if (availability === null) throw new Error('the demonstration learner has no availability');
  const weeks = Math.floor((Date.parse(availability.to) - Date.parse(availability.from)) / (7 * 86_400_000));
  const hoursPerWeek = Math.min(30, availability.hoursPerWeek);
  return {
    title: 'Imaging support assistant (e2e)',
    description: 'Help the imaging team at Arden Cross keep its records right.',
    campusId: 'arden-cross',
    skills: skills.slice(0, 3).flatMap(({ skill }) => (skill === null ? [] : [{ skillId: skill.key, need: 'ESSENTIAL' }])),
    levelFrom: level,
    levelTo: level,
    programmeKinds: [qualification.programmeKind],
    entryPointIds: [],
    startsOn: availability.from,
    endsOn: availability.to,
    weekdays: availability.weekdays,
    hoursPerWeek,
    totalHours: Math.min(requiredHours ?? 315, weeks * hoursPerWeek),
    remoteShare: 0,
    openings: 2,
    pay: 'PAID',
    hourlyPence: 1_400,
    checksNeeded: [],
    deliveryApproach: 'ON_SITE',
    hazards: [],
    adjustmentsOffered: ['STEP_FREE', 'QUIET_SPACE', 'FLEXIBLE_HOURS'],
    fundingSourceIds: [],
    fundingRequired: false,
  };
}

type Profile = Readonly<{
  level: number;
  qualification: { programmeKind: string };
  requiredHours: number | null;
  availability: { from: string; to: string; weekdays: readonly string[]; hoursPerWeek: number } | null;
  skills: readonly { skill: { key: string } | null }[];
}>;

export function learnerRanksAndAccepts(started: () => Meriden): void {
  beforeAll(() => {
    meriden = started();
  });

  describe('the main job over GraphQL', () => {
    it('goes from a vacancy at Arden Cross to a placement that only its own college sees', async () => {
      const [learner, employer, operator, operator2, college, college2] = await Promise.all(
        (['learner', 'employer', 'operator', 'operator2', 'college', 'college2'] as const).map((name) => meriden.as(name)),
      ) as [GraphqlClient, GraphqlClient, GraphqlClient, GraphqlClient, GraphqlClient, GraphqlClient];
      const me = (await learner.ask<{ viewer: { learner: Id } }>('{ viewer { learner { id } } }')).viewer.learner;

      // One skill that no MedTech taxonomy has, found by what the employer types.
      const { skillsNamed } = await employer.ask<{ skillsNamed: readonly { key: string; label: string }[] }>('{ skillsNamed(text: "customer serv") { key label } }');
      const fitting = await fittingVacancy(learner);
      const details = { ...fitting, skills: [...(fitting['skills'] as object[]), { skillId: skillsNamed[0]?.key, need: 'OPTIONAL' }] };
      const changes = subscribe<Suggested>(
        learner,
        'subscription ($id: ID!) { suggestionsChanged(learnerId: $id) { resumeToken best { score vacancy { id } } } }',
        { id: me.id },
      );
      await changes.next();
      const posted = await employer.do<{ vacancy: Id & { state: string; campus: { key: string; status: string }; skills: readonly object[] } }>(POST, {
        input: { idempotencyKey: randomUUID(), publish: true, details },
      });
      expect(posted.vacancy).toMatchObject({ state: 'LIVE', campus: { key: 'arden-cross' } });
      expect(posted.vacancy.skills.at(-1)).toEqual({ need: 'OPTIONAL', skill: { label: 'customer service', cluster: null } });
      const { suggestionsChanged } = await changes.nextWhere(({ suggestionsChanged: { best } }) => best.some(({ vacancy }) => vacancy?.id === posted.vacancy.id));
      await changes.close();
      expect(suggestionsChanged.best.every(({ score }) => score >= 0 && score <= 10_000)).toBe(true);

      const round = (await operator.ask<{ rounds: { nodes: readonly Round[] } }>('{ rounds(first: 1, state: OPEN) { nodes { id state stage version } } }')).rounds.nodes[0];
      if (round === undefined) throw new Error('the demonstration region has no open round');
      const ranked = await learner.do<{ preference: { receipt: string; version: number; groups: readonly { rank: number; vacancies: readonly Id[] }[] } }>(
        `mutation ($input: RankVacanciesInput!) { rankVacancies(input: $input) { ... on RankVacanciesSuccess { preference { receipt version groups { rank vacancies { id } } } } ${REFUSED} } }`,
        { input: { idempotencyKey: randomUUID(), roundId: round.id, groups: [[posted.vacancy.id]] } },
      );
      expect(ranked.preference.receipt).toMatch(/^[0-9a-f]{64}$/);
      expect(ranked.preference.groups).toEqual([{ rank: 1, vacancies: [{ id: posted.vacancy.id }] }]);

      const candidates = await employer.ask<{ candidates: { nodes: readonly (Id & { pseudonym: string })[] } }>('{ candidates(first: 10) { nodes { id pseudonym } } }');
      expect(candidates.candidates.nodes).toHaveLength(1);
      await employer.do(`mutation ($input: RankCandidatesInput!) { rankCandidates(input: $input) { ... on RankCandidatesSuccess { preference { receipt } } ${REFUSED} } }`, {
        input: { idempotencyKey: randomUUID(), roundId: round.id, groups: [candidates.candidates.nodes.map(({ id }) => id)] },
      });

      const progress = subscribe<{ roundProgress: { round: Round } }>(operator, 'subscription ($id: ID!) { roundProgress(roundId: $id) { round { id state stage version } } }', { id: round.id });
      const ask = (name: string, input: object): Promise<{ round: Round }> =>
        operator.do(`mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ... on ${name[0]?.toUpperCase()}${name.slice(1)}Success { round { id state stage version } } ${REFUSED} } }`, { input });
      const frozen = (await ask('freezeRound', { roundId: round.id, version: round.version })).round;

      // Tried out in both modes first; nobody else hears of it, and what is cancelled leaves nothing behind.
      const TRY = `mutation ($input: StartDryRunInput!) { startDryRun(input: $input) { ... on StartDryRunSuccess { dryRun { id state } } ${REFUSED} } }`;
      for (const mode of ['LEARNER_OPTIMAL', 'EMPLOYER_OPTIMAL']) await operator.do(TRY, { input: { idempotencyKey: randomUUID(), roundId: round.id, version: frozen.version, mode } });
      type Compared = { round: { dryRuns: readonly { mode: string; state: string; matched: number | null; rankCounts: readonly number[] }[]; comparison: { moved: number; differences: readonly unknown[] } | null } };
      const COMPARE = 'query ($id: ID!) { round(id: $id) { dryRuns { mode state matched rankCounts } comparison { moved differences(first: 5) { aRank bRank learner { id } a { title } b { title } } } } }';
      const compared = await within(60_000, 'both dry runs are done', async () => {
        const { round: seen } = await operator.ask<Compared>(COMPARE, { id: round.id });
        return seen.dryRuns.every(({ state }) => state === 'DONE') ? seen : null;
      });
      expect(compared.dryRuns.map(({ matched, rankCounts }) => ({ matched, rankCounts }))).toEqual([{ matched: 1, rankCounts: [1] }, { matched: 1, rankCounts: [1] }]);
      expect(compared.comparison).toEqual({ moved: 0, differences: [] });
      await expect(operator.do(TRY, { input: { idempotencyKey: randomUUID(), roundId: round.id, version: frozen.version, mode: 'LEARNER_OPTIMAL' } })).rejects.toThrow('ALREADY_EXISTS');
      for (const other of [learner, college, employer]) expect(await other.ask(COMPARE, { id: round.id })).toEqual({ round: { dryRuns: [], comparison: null } });

      const asked = (await ask('solveRound', { roundId: round.id, version: frozen.version })).round;
      const solved = (await progress.nextWhere(({ roundProgress }) => ['SOLVED', 'FAILED'].includes(roundProgress.round.state), 30_000)).roundProgress.round;
      await progress.close();
      expect(asked.version).toBe(frozen.version + 1);
      expect(solved.state).toBe('SOLVED');
      expect((await learner.ask<{ outcome: unknown }>('query ($id: ID!) { outcome(roundId: $id) { id } }', { id: round.id })).outcome).toBeNull();
      const publication = { roundId: round.id, version: solved.version, reason: 'Checked by hand in the end-to-end test.' };
      // Whoever had it solved may not publish it: the service says so, and the database would too.
      await expect(ask('publishRound', publication)).rejects.toThrow('SECOND_PERSON_NEEDED');
      await operator2.do(`mutation ($input: PublishRoundInput!) { publishRound(input: $input) { ... on PublishRoundSuccess { round { state certificate { valid } } } ${REFUSED} } }`, { input: publication });

      const { proposals } = await learner.ask<{ proposals: { nodes: readonly (Id & { version: number; vacancy: Id })[] } }>('{ proposals(first: 5) { nodes { id version vacancy { id } } } }');
      expect(proposals.nodes).toMatchObject([{ vacancy: { id: posted.vacancy.id } }]);
      const theirs = await employer.ask('{ proposals(first: 5) { nodes { learner { id } candidate { id pseudonym } vacancy { id } } } }');
      expect(theirs).toEqual({ proposals: { nodes: [{ learner: null, candidate: candidates.candidates.nodes[0], vacancy: { id: posted.vacancy.id } }] } });
      const accept = `mutation ($input: AcceptProposalInput!) { acceptProposal(input: $input) { ... on AcceptProposalSuccess { proposal { state version } } ${REFUSED} } }`;
      const input = { idempotencyKey: randomUUID(), proposalId: proposals.nodes[0]?.id, version: proposals.nodes[0]?.version };
      const accepted = await learner.do(accept, { input });
      expect(await learner.do(accept, { input })).toEqual(accepted);

      type Cohort = { cohort: { stages: readonly { stage: string; learners: number }[]; homes: { placements: number } }; placements: { nodes: readonly { learner: Id }[]; totalCount: number } };
      const COHORT = '{ cohort { stages { stage learners } homes { placements } } placements(first: 10) { totalCount nodes { learner { id } } } }';
      const own = await within(5_000, 'the college sees the placement', async () => {
        const seen = await college.ask<Cohort>(COHORT);
        return seen.placements.totalCount === 1 ? seen : null;
      });
      expect(own.cohort.homes.placements).toBe(1);
      expect(own.placements.nodes).toEqual([{ learner: { id: me.id } }]);
      const others = await college2.ask<Cohort & { node: unknown }>(`query ($id: ID!) { node(id: $id) { id } ${COHORT.slice(1)}`, { id: me.id });
      expect(others.placements).toEqual({ totalCount: 0, nodes: [] });
      expect(others.cohort.homes.placements).toBe(0);
      expect(others.node).toBeNull();

      const [{ placed }] = (await meriden.database.sql<{ placed: number }>("select count(*)::int as placed from placement where state = 'AGREED'")) as [{ placed: number }];
      expect(placed).toBe(1);
    });

    it('solves a round in every mode that its rules can promise, and has each checked', async () => {
      const [operator, learner, employer] = (await Promise.all((['operator', 'learner2', 'employer'] as const).map((name) => meriden.as(name)))) as [GraphqlClient, GraphqlClient, GraphqlClient];
      const { vacancies } = await employer.ask<{ vacancies: { nodes: readonly Id[] } }>('{ vacancies(first: 5) { nodes { id } } }');
      const OPEN = `mutation ($input: OpenRoundInput!) { openRound(input: $input) { ... on OpenRoundSuccess { round { id version rules { mode objective } previousRound { id } } } ${REFUSED} } }`;
      const days = (count: number): string => new Date(Date.now() + count * 86_400_000).toISOString();
      const open = (promise: object) =>
        operator.do<{ round: Round & { previousRound: Id | null; rules: object } }>(OPEN, { input: { idempotencyKey: randomUUID(), name: 'A round of the end-to-end test', preferencesCloseAt: days(7), replyBy: days(14), ...promise } });
      const solve = async (round: Round): Promise<{ state: string; matched: number | null; certificate: { valid: boolean } | null }> => {
        const { round: frozen } = await operator.do<{ round: Round }>(`mutation ($input: FreezeRoundInput!) { freezeRound(input: $input) { ... on FreezeRoundSuccess { round { version } } ${REFUSED} } }`, { input: { roundId: round.id, version: round.version } });
        await operator.do(`mutation ($input: SolveRoundInput!) { solveRound(input: $input) { ... on SolveRoundSuccess { round { id } } ${REFUSED} } }`, { input: { roundId: round.id, version: frozen.version } });
        return within(60_000, 'the round is solved', async () => {
          const seen = await operator.ask<{ round: { state: string; matched: number | null; certificate: { valid: boolean } | null } }>('query ($id: ID!) { round(id: $id) { state matched certificate { valid } } }', { id: round.id });
          return ['SOLVED', 'FAILED'].includes(seen.round.state) ? seen.round : null;
        });
      };

      await expect(open({ mode: 'SCORE' })).rejects.toThrow('FIELD_INVALID');
      await expect(open({ mode: 'ROBUST', objective: 'SIZE' })).rejects.toThrow('FIELD_INVALID');
      let last: { id: string; matched: number | null } | undefined;
      for (const promise of [{ mode: 'EMPLOYER_OPTIMAL' }, { mode: 'ROBUST' }, { mode: 'SCORE', objective: 'GENEROUS' }, { mode: 'LARGEST' }]) {
        const { round } = await open(promise);
        expect(round.rules).toEqual({ objective: null, ...promise });
        await learner.do(`mutation ($input: RankVacanciesInput!) { rankVacancies(input: $input) { ... on RankVacanciesSuccess { preference { receipt } } ${REFUSED} } }`, {
          input: { idempotencyKey: randomUUID(), roundId: round.id, groups: vacancies.nodes.map(({ id }) => [id]) },
        });
        const solved = await solve(round);
        expect(solved).toMatchObject({ state: 'SOLVED', certificate: { valid: true } });
        last = { id: round.id, matched: solved.matched };
      }
      // The re-run begins with the lists of the round it keeps to: nobody ranks again.
      const { round: again } = await open({ mode: 'RERUN', previousRoundId: last?.id });
      expect(again.previousRound).toEqual({ id: last?.id });
      await expect(open({ mode: 'RERUN', previousRoundId: again.id })).rejects.toThrow('STATE_WRONG');
      expect(await solve(again)).toEqual({ state: 'SOLVED', matched: last?.matched, certificate: { valid: true } });
    });
  });
}
