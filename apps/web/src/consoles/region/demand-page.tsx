import { useQuery } from '@apollo/client/react';
import { useAllPages } from '../../parts/all-pages.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { Bars } from '../../ui/bars.js';
import { ChartFrame, TwinTable } from '../../ui/chart-frame.js';
import { HeatTable } from '../../ui/heat-table.js';
import { showNumber } from '../../words/format.js';
import { ASKED_SKILLS, REGION, type AskedSkills } from './documents.js';
import { t } from './words.js';

const PAGE = 100;

/** Openings by skill group and campus, and the launch's figures beside them, each with its own scope. */
export function Page() {
  const region = useQuery(REGION);
  const asked = useQuery(ASKED_SKILLS, { variables: { first: PAGE, after: null } });
  const page = asked.data?.vacancies.pageInfo;
  useAllPages(page, (after) => asked.fetchMore({ variables: { after }, updateQuery: (before, { fetchMoreResult: next }) => ({ ...next, vacancies: { ...next.vacancies, nodes: [...before.vacancies.nodes, ...next.vacancies.nodes] } }) }));
  return (
    <Sheet title={t('demand.title')} lead={t('demand.lead')} wide>
      <Loaded result={asked} what={t('demand.title')}>
        {(data) => <Heat data={data} />}
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

function Heat({ data }: Readonly<{ data: AskedSkills }>) {
  const groups = data.skills.filter((skill) => skill.kind === 'GROUP');
  const campuses = [...new Set(data.vacancies.nodes.flatMap((vacancy) => (vacancy.campus === null ? [] : [vacancy.campus.shortName])))].sort();
  const needs = data.vacancies.nodes.map((vacancy) => ({ campus: vacancy.campus?.shortName ?? '', openings: vacancy.openings, groups: new Set(vacancy.skills.flatMap((each) => (each.need === 'WILL_TRAIN' || each.skill === null ? [] : [each.skill.cluster]))) }));
  const count = (group: string, campus?: string): number => needs.filter((need) => need.groups.has(group) && (campus === undefined || need.campus === campus)).reduce((sum, need) => sum + need.openings, 0);
  const rows = groups.map((group) => ({ key: group.cluster, name: group.label, values: campuses.map((campus) => count(group.cluster, campus)), all: count(group.cluster) })).sort((a, b) => b.all - a.all);
  const top = rows[0];
  return (
    <ChartFrame
      title={t('demand.picture')}
      reading={top === undefined || top.all === 0 ? t('demand.readingNone') : t('demand.reading', { group: top.name, openings: top.all })}
      source={t('demand.note')}
      twin={{ columns: [t('demand.skillGroup'), ...campuses], rows: rows.map((row) => [row.name, ...row.values]) }}
    >
      <HeatTable label={t('demand.picture')} corner={t('demand.skillGroup')} columns={campuses} rows={rows} />
    </ChartFrame>
  );
}
