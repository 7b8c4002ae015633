import { useQuery } from '@apollo/client/react';
import { NativeSelect } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { ExportLink } from '../../parts/export-link.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { oneOf, useUrlState } from '../../parts/url-state.js';
import { Bars } from '../../ui/bars.js';
import { ChartFrame, TwinTable } from '../../ui/chart-frame.js';
import { DeadlineClock } from '../../ui/deadline-clock.js';
import { showDate, showPercent } from '../../words/format.js';
import { Skeleton } from '../../ui/skeleton.js';
import { BOARD, type CohortFigures, type Stage } from './documents.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

/** These come after the figures, so that the first visit stays light. */
const Learners = lazy(() => import('./board-learners.js').then(({ Learners: Shown }) => ({ default: Shown })));
const StageFlow = lazy(() => import('../../parts/stage-flow.js').then(({ StageFlow: Shown }) => ({ default: Shown })));
const STAGES: readonly Stage[] = ['NO_PROFILE', 'NO_SUGGESTION', 'SUGGESTED', 'RANKED', 'PROPOSED', 'PLACED'];
const VIEWS = ['programme', 'campus', 'funding'] as const;
const SHOWN_DUE = 5;

/** How the cohort stands, what is due, and the learners themselves; filters, sort and view stand in the address. */
export function Page() {
  const result = useQuery(BOARD);
  return (
    <Sheet title={t('board.title')} lead={lead('cohort')} wide acts={<ExportLink list="learners">{t('board.exportAll')}</ExportLink>}>
      <Loaded result={result} what={t('board.title')}>
        {({ cohort }) => {
          const count = (stage: Stage): number => cohort.stages.find((each) => each.stage === stage)?.learners ?? 0;
          const waiting = count('NO_PROFILE') + count('NO_SUGGESTION') + count('SUGGESTED');
          return (
            <>
              <div className="two-thirds">
                <ChartFrame
                  title={t('board.picture')}
                  reading={t('board.reading', { placed: count('PLACED'), all: cohort.learners, waiting })}
                  twin={{ columns: [t('board.stage'), t('board.learners'), t('board.share')], rows: STAGES.map((stage) => [t(`stages.${stage}`), count(stage), cohort.learners === 0 ? '–' : showPercent((10_000 * count(stage)) / cohort.learners)]) }}
                >
                  <Bars label={t('board.picture')} bars={STAGES.map((stage) => ({ key: stage, name: t(`stages.${stage}`), value: count(stage) }))} />
                </ChartFrame>
                <Due cohort={cohort} />
              </div>
              <Suspense fallback={<Skeleton what={t('board.picture')} lines={8} />}>
                <StageFlow count={count} />
              </Suspense>
              <Breakdown cohort={cohort} />
            </>
          );
        }}
      </Loaded>
      <Suspense fallback={<Skeleton what={t('board.who')} lines={8} />}>
        <Learners />
      </Suspense>
    </Sheet>
  );
}

type Check = 'DBS_BASIC' | 'DBS_STANDARD' | 'DBS_ENHANCED' | 'OCCUPATIONAL_HEALTH' | 'RIGHT_TO_WORK' | 'MANDATORY_TRAINING';
type Cohort = Readonly<{
  expiring: readonly Readonly<{ id: string; replyBy: string; learner: Readonly<{ givenName: string; familyName: string }> | null; vacancy: Readonly<{ title: string }> | null }>[];
  checkGaps: readonly Readonly<{ kind: Check; problem: 'MISSING' | 'EXPIRES_BEFORE_START'; startsOn: string; learner: Readonly<{ id: string; givenName: string; familyName: string }> | null }>[];
  homes: Readonly<{ placements: number; residents: number; unknown: number }>;
  byProgramme: readonly CohortFigures[];
  byCampus: readonly CohortFigures[];
  byFundingSource: readonly CohortFigures[];
}>;
const fullName = (learner: Readonly<{ givenName: string; familyName: string }> | null): string => (learner === null ? '–' : `${learner.givenName} ${learner.familyName}`);

function Due({ cohort }: Readonly<{ cohort: Cohort }>) {
  return (
    <section className="stack stack--tight" aria-labelledby="due">
      <h2 id="due">{t('board.doing')}</h2>
      {cohort.expiring.length === 0 && cohort.checkGaps.length === 0 && <p>{t('board.nothing')}</p>}
      {cohort.expiring.length > 0 && (
        <>
          <h3>{t('board.expiring', { count: cohort.expiring.length })}</h3>
          <ul className="plain stack stack--tight">
            {cohort.expiring.slice(0, SHOWN_DUE).map((offer) => (
              <li key={offer.id}>
                {t('board.offer', { who: fullName(offer.learner), what: offer.vacancy?.title ?? '' })}
                <br />
                <DeadlineClock at={offer.replyBy} what={t('board.answer')} />
              </li>
            ))}
          </ul>
        </>
      )}
      {cohort.checkGaps.length > 0 && (
        <>
          <h3>{t('board.gaps', { count: cohort.checkGaps.length })}</h3>
          <ul className="plain stack stack--tight">
            {cohort.checkGaps.slice(0, SHOWN_DUE).map((gap, index) => (
              <li key={`${gap.learner?.id}${gap.kind}${index}`}>{t('board.gap', { who: fullName(gap.learner), check: t(`checks.${gap.kind}`), problem: t(`board.problems.${gap.problem}`), when: showDate(gap.startsOn) })}</li>
            ))}
          </ul>
        </>
      )}
      {cohort.homes.placements > 0 && <p className="soft">{t('board.homes', cohort.homes)}</p>}
    </section>
  );
}

const at = (row: CohortFigures, stage: Stage): number => row.stages.find((each) => each.stage === stage)?.learners ?? 0;

function Breakdown({ cohort }: Readonly<{ cohort: Cohort }>) {
  const [{ by }, setView] = useUrlState((search) => ({ by: oneOf(VIEWS, search['by'], 'programme') as string }));
  const view = oneOf(VIEWS, by, 'programme');
  const rows = { programme: cohort.byProgramme, campus: cohort.byCampus, funding: cohort.byFundingSource }[view];
  return (
    <section className="stack" aria-label={t(`board.by.${view}`)}>
      <div className="row row--apart">
        <h2>{t(`board.by.${view}`)}</h2>
        <NativeSelect label={t('board.view')} value={view} onChange={(event) => setView({ by: event.currentTarget.value })} data={VIEWS.map((each) => ({ value: each, label: t(`board.by.${each}`) }))} />
      </div>
      <TwinTable title={t(`board.by.${view}`)} twin={{ columns: [t(`board.by.${view}`), t('board.learners'), ...STAGES.map((stage) => t(`stages.${stage}`)), t('board.target')], rows: rows.map((row) => [row.label, row.learners, ...STAGES.map((stage) => at(row, stage)), row.learners === 0 ? '–' : showPercent((10_000 * at(row, 'PLACED')) / row.learners)]) }} />
    </section>
  );
}
