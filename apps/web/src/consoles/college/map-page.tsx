import { useQuery } from '@apollo/client/react';
import { lazy, Suspense, useEffect } from 'react';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { ChartFrame } from '../../ui/chart-frame.js';
import { Skeleton } from '../../ui/skeleton.js';
import { plainCode } from '../../words/format.js';
import { PLACES, type Places } from './documents.js';
import { t } from './words.js';

const CampusMap = lazy(() => import('../../ui/campus-map.js').then(({ CampusMap: Shown }) => ({ default: Shown })));
const MOST = 100;

/** Where the openings are, on the districts of the West Midlands and as a table. */
export function Page() {
  const result = useQuery(PLACES, { variables: { first: MOST, after: null } });
  const page = result.data?.vacancies.pageInfo;
  useEffect(() => {
    if (page?.hasNextPage !== true) return;
    void result.fetchMore({ variables: { after: page.endCursor }, updateQuery: (before, { fetchMoreResult }) => ({ ...fetchMoreResult, vacancies: { ...fetchMoreResult.vacancies, nodes: [...before.vacancies.nodes, ...fetchMoreResult.vacancies.nodes] } }) });
  }, [page?.endCursor, page?.hasNextPage, result]);
  return (
    <Sheet title={t('map.title')} lead={t('map.lead')} wide>
      <Loaded result={result} what={t('map.title')}>
        {(data) => <OpeningsMap data={data} />}
      </Loaded>
    </Sheet>
  );
}

function OpeningsMap({ data }: Readonly<{ data: Places }>) {
  const rows = data.campuses
    .map((campus) => {
      const here = data.vacancies.nodes.filter((vacancy) => vacancy.campus?.id === campus.id);
      return { ...campus, vacancies: here.length, openings: here.reduce((sum, vacancy) => sum + vacancy.openings, 0) };
    })
    .sort((a, b) => b.openings - a.openings);
  const all = rows.reduce((sum, row) => sum + row.openings, 0);
  const top = rows[0];
  return (
    <ChartFrame
      title={t('map.picture')}
      reading={top === undefined || all === 0 ? t('map.readingNone') : t('map.reading', { name: top.name, openings: top.openings, all })}
      source={t('map.source')}
      twin={{ columns: [t('map.place'), t('map.vacancies'), t('map.openings'), t('map.status')], rows: rows.map((row) => [row.name, row.vacancies, row.openings, row.statusNote || plainCode(row.status)]) }}
    >
      <Suspense fallback={<Skeleton what={t('map.title')} lines={8} />}>
        <CampusMap label={t('map.picture')} places={rows.flatMap((row) => (row.location === null ? [] : [{ key: row.key, name: row.shortName, lat: row.location.lat, lon: row.location.lon, value: row.openings }]))} />
      </Suspense>
    </ChartFrame>
  );
}
