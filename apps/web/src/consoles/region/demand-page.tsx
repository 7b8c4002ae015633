import { useQuery } from '@apollo/client/react';
import { useAllPages } from '../../parts/all-pages.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { Bars } from '../../ui/bars.js';
import { ChartFrame, TwinTable } from '../../ui/chart-frame.js';
import { HeatTable } from '../../ui/heat-table.js';
import { showNumber } from '../../words/format.js';
import { ASKED_SKILLS, REGION, type AskedSkills, type HiddenRow } from './documents.js';
import { countWords } from './hidden-count.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

const PAGE = 100;

/** Openings by skill group and campus, and the launch's figures beside them, each with its own scope. */
export function Page() {
  const region = useQuery(REGION);
  const asked = useQuery(ASKED_SKILLS, { variables: { first: PAGE, after: null } });
  const page = asked.data?.vacancies.pageInfo;
  useAllPages(page, (after) => asked.fetchMore({ variables: { after }, updateQuery: (before, { fetchMoreResult: next }) => ({ ...next, vacancies: { ...next.vacancies, nodes: [...before.vacancies.nodes, ...next.vacancies.nodes] } }) }));
  return (
    <Sheet title={t('demand.title')} lead={lead('demand')} wide>
      <Loaded result={asked} what={t('demand.title')}>
        {(data) => <Heat data={data} supply={region.data?.region.bySkillGroup ?? []} />}
      </Loaded>
      <Loaded result={region} what={t('demand.openings')}>
        {(data) => {
          const rows = [...data.region.openingsByCampus].sort((a, b) => b.openings - a.openings);
          const top = rows[0];
          return (
            <>
              <ChartFrame title={t('demand.openings')} reading={top === undefined ? t('demand.readingNone') : t('demand.openingsReading', { top: top.label, count: top.openings })} twin={{ columns: [t('group'), t('count')], rows: rows.map((row) => [row.label, row.openings]) }}>
                <Bars label={t('demand.openings')} bars={rows.map((row) => ({ key: row.key, name: row.label, value: row.openings }))} />
              </ChartFrame>
              <section className="stack" aria-labelledby="context">
                <h2 id="context">{t('demand.context')}</h2>
                <p className="soft">{t('demand.contextNote')}</p>
                <TwinTable title={t('demand.context')} twin={{ columns: [t('demand.figure'), t('demand.value'), t('demand.scope'), t('demand.by'), t('demand.source')], rows: data.launchFigures.map((figure) => [figure.label, showNumber(figure.value), figure.scope, figure.byYear ?? '–', figure.provenance.source]) }} />
              </section>
            </>
          );
        }}
      </Loaded>
    </Sheet>
  );
}

/** What is asked for in each place, and beside it how many could do it: a group with few learners for its openings is where places stay empty. */
function Heat({ data, supply }: Readonly<{ data: AskedSkills; supply: readonly HiddenRow[] }>) {
  const groups = data.skills.flatMap(({ kind, label, cluster }) => (kind === 'GROUP' && cluster !== null ? [{ label, cluster }] : []));
  const campuses = [...new Set(data.vacancies.nodes.flatMap((vacancy) => (vacancy.campus === null ? [] : [vacancy.campus.shortName])))].sort();
  const needs = data.vacancies.nodes.map((vacancy) => ({ campus: vacancy.campus?.shortName ?? '', openings: vacancy.openings, groups: new Set(vacancy.skills.flatMap((each) => (each.need === 'WILL_TRAIN' || each.skill === null ? [] : [each.skill.cluster]))) }));
  const count = (group: string, campus?: string): number => needs.filter((need) => need.groups.has(group) && (campus === undefined || need.campus === campus)).reduce((sum, need) => sum + need.openings, 0);
  const rows = groups
    .map((group) => {
      const able = supply.find((row) => row.key === group.cluster);
      const all = count(group.cluster);
      return { key: group.cluster, name: group.label, values: campuses.map((campus) => count(group.cluster, campus)), all, learners: able?.count ?? null, beside: [String(all), able === undefined ? '–' : countWords(able), perOpening(able?.count ?? null, all)] };
    })
    .sort((a, b) => b.all - a.all);
  const beside = [t('demand.all'), t('demand.able'), t('demand.perOpening')];
  const scarce = rows.filter((row) => row.all > 0 && row.learners !== null).sort((a, b) => (a.learners ?? 0) / a.all - (b.learners ?? 0) / b.all)[0];
  const top = rows[0];
  return (
    <ChartFrame
      title={t('demand.picture')}
      reading={top === undefined || top.all === 0 ? t('demand.readingNone') : [t('demand.reading', { group: top.name, openings: top.all }), ...(scarce === undefined ? [] : [t('demand.scarce', { group: scarce.name, learners: scarce.learners ?? 0, openings: scarce.all })])].join(' ')}
      source={t('demand.note')}
      twin={{ columns: [t('demand.skillGroup'), ...beside, ...campuses], rows: rows.map((row) => [row.name, ...row.beside, ...row.values]) }}
    >
      <HeatTable label={t('demand.picture')} corner={t('demand.skillGroup')} columns={campuses} rows={rows} beside={beside} />
    </ChartFrame>
  );
}

/** @returns with one decimal; a dash where nothing is asked for or the learners are not told */
const perOpening = (learners: number | null, openings: number): string => (learners === null || openings === 0 ? '–' : (Math.round((10 * learners) / openings) / 10).toFixed(1));
