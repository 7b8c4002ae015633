import { useQuery } from '@apollo/client/react';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { StageFlow } from '../../parts/stage-flow.js';
import { Bars } from '../../ui/bars.js';
import { ChartFrame } from '../../ui/chart-frame.js';
import { plainCode } from '../../words/format.js';
import { REGION, type HiddenRow } from './documents.js';
import { countWords } from './hidden-count.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

const STAGES = ['NO_PROFILE', 'NO_SUGGESTION', 'SUGGESTED', 'RANKED', 'PROPOSED', 'PLACED'] as const;
const HOMES = ['RESIDENT', 'ELSEWHERE', 'UNKNOWN'] as const;

/** The region in aggregates. */
export function Page() {
  const result = useQuery(REGION);
  return (
    <Sheet title={t('title')} lead={lead('region')} wide>
      <Loaded result={result} what={t('title')}>
        {({ region }) => (
          <>
            <p className="lead">{t('all', { learners: countWords(region.learners), placements: countWords(region.placements) })}</p>
            {/* Where one count is hidden the flow would tell it. */}
            {region.byStage.every(({ count }) => count !== null) && <StageFlow count={(stage) => region.byStage.find(({ key }) => key === stage)?.count ?? 0} />}
            <div className="grid">
              <Counts title={t('by.stage')} rows={region.byStage} name={(row) => nameIn(STAGES, row.key, (stage) => t(`stages.${stage}`))} />
              <Counts title={t('by.provider')} rows={region.byProvider} />
              <Counts title={t('by.programme')} rows={region.byProgramme} />
              <Counts title={t('by.funding')} rows={region.byFundingSource} />
              <Counts title={t('by.campus')} rows={region.placementsByCampus} placements />
              <Counts title={t('by.home')} rows={region.placementsByHome} name={(row) => nameIn(HOMES, row.key, (home) => t(`homes.${home}`))} placements />
            </div>
          </>
        )}
      </Loaded>
    </Sheet>
  );
}

function nameIn<T extends string>(known: readonly T[], key: string, word: (key: T) => string): string {
  const found = known.find((each) => each === key);
  return found === undefined ? plainCode(key) : word(found);
}

function Counts({ title, rows, name = (row) => row.label, placements = false }: Readonly<{ title: string; rows: readonly HiddenRow[]; name?: (row: HiddenRow) => string; placements?: boolean }>) {
  const top = [...rows].sort((a, b) => (b.count ?? 0) - (a.count ?? 0))[0];
  const reading = top === undefined || top.count === null ? t('readingNone') : t(placements ? 'readingPlacements' : 'reading', { top: name(top), count: top.count });
  return (
    <ChartFrame title={title} reading={reading} twin={{ columns: [t('group'), t('count')], rows: rows.map((row) => [name(row), countWords(row)]) }}>
      <Bars label={title} bars={rows.map((row) => ({ key: row.key, name: name(row), value: row.count ?? 0, words: countWords(row) }))} />
    </ChartFrame>
  );
}
