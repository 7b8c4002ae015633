import { useQuery } from '@apollo/client/react';
import { NativeSelect } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useAllPages } from '../../parts/all-pages.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { oneOf, textOf, useUrlState } from '../../parts/url-state.js';
import { ChartFrame } from '../../ui/chart-frame.js';
import { Skeleton } from '../../ui/skeleton.js';
import { plainCode } from '../../words/format.js';
import { PLACES, WISHES, type Places, type Wishes } from './documents.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

const CampusMap = lazy(() => import('../../ui/campus-map.js').then(({ CampusMap: Shown }) => ({ default: Shown })));
const MOST = 100;
/** Minutes of the three rings. */
const RINGS = [30, 45, 60] as const;
const MODES = ['BUS', 'RAIL', 'CAR', 'CYCLE', 'WALK'] as const;

/** Where the openings are and where one's own learners would go, on the districts of the West Midlands and as a table. */
export function Page() {
  const places = useQuery(PLACES, { variables: { first: MOST, after: null } });
  const wishes = useQuery(WISHES, { variables: { first: MOST, after: null } });
  useAllPages(places.data?.vacancies.pageInfo, (after) =>
    places.fetchMore({ variables: { after }, updateQuery: (before, { fetchMoreResult: next }) => ({ ...next, vacancies: { ...next.vacancies, nodes: [...before.vacancies.nodes, ...next.vacancies.nodes] } }) }),
  );
  useAllPages(wishes.data?.learners.pageInfo, (after) =>
    wishes.fetchMore({ variables: { after }, updateQuery: (before, { fetchMoreResult: next }) => ({ learners: { ...next.learners, nodes: [...before.learners.nodes, ...next.learners.nodes] } }) }),
  );
  return (
    <Sheet title={t('map.title')} lead={lead('map')} wide>
      <Loaded result={places} what={t('map.title')}>
        {(data) => <OpeningsMap data={data} wishes={wishes.data} />}
      </Loaded>
    </Sheet>
  );
}

function OpeningsMap({ data, wishes }: Readonly<{ data: Places; wishes: Wishes | undefined }>) {
  const [view, setView] = useUrlState((search) => ({ by: oneOf(MODES, search['by'], 'BUS') as string, from: textOf(search['from']) }));
  const rows = data.campuses
    .map((campus) => {
      const here = data.vacancies.nodes.filter((vacancy) => vacancy.campus?.id === campus.id);
      const wanted = (wishes?.learners.nodes ?? []).filter(({ bestSuggestions: [best] }) => best?.vacancy?.campus?.id === campus.id);
      return { ...campus, vacancies: here.length, openings: here.reduce((sum, vacancy) => sum + vacancy.openings, 0), learners: wanted.length };
    })
    .sort((a, b) => b.openings - a.openings);
  const all = rows.reduce((sum, row) => sum + row.openings, 0);
  const top = rows[0];
  const wanted = rows.toSorted((a, b) => b.learners - a.learners)[0];
  const centre = rows.find((row) => row.key === view.from && row.location !== null) ?? rows.find((row) => row.location !== null);
  const reach = data.travelReaches.find(({ mode }) => mode === view.by);
  const rings = reach === undefined ? [] : RINGS.map((minutes) => ({ minutes, metres: Math.max(0, ((minutes - reach.accessMinutes) * reach.straightMetresPerHour) / 60) }));
  const readings = [
    top === undefined || all === 0 ? t('map.readingNone') : t('map.reading', { name: top.name, openings: top.openings, all }),
    wanted === undefined || wanted.learners === 0 ? '' : t('map.demand', { name: wanted.name, learners: wanted.learners }),
  ];
  return (
    <>
      <div className="row" style={{ alignItems: 'end' }}>
        <NativeSelect label={t('map.from')} value={centre?.key ?? ''} onChange={(event) => setView({ from: event.currentTarget.value })} data={rows.filter(({ location }) => location !== null).map((row) => ({ value: row.key, label: row.name }))} />
        <NativeSelect label={t('map.by')} value={view.by} onChange={(event) => setView({ by: event.currentTarget.value })} data={MODES.map((mode) => ({ value: mode, label: t(`modes.${mode}`) }))} />
      </div>
      <ChartFrame
        title={t('map.picture')}
        reading={readings.join(' ').trim()}
        source={t('map.source')}
        twin={{
          columns: [t('map.place'), t('map.vacancies'), t('map.openings'), t('map.learners'), t('map.status')],
          rows: rows.map((row) => [row.name, row.vacancies, row.openings, row.learners, row.statusNote || plainCode(row.status)]),
        }}
      >
        <Suspense fallback={<Skeleton what={t('map.title')} lines={8} />}>
          <CampusMap
            label={t('map.picture')}
            words={{ openings: t('map.openings'), learners: t('map.learners'), minutes: (minutes) => t('map.minutes', { minutes }) }}
            places={rows.flatMap((row) => (row.location === null ? [] : [{ key: row.key, name: row.shortName, lat: row.location.lat, lon: row.location.lon, openings: row.openings, learners: row.learners }]))}
            centre={centre?.location ?? null}
            rings={rings}
          />
        </Suspense>
        <p className="soft small">{t('map.shade', { name: centre?.name ?? '', mode: t(`modes.${oneOf(MODES, view.by, 'BUS')}`) })}</p>
      </ChartFrame>
    </>
  );
}
