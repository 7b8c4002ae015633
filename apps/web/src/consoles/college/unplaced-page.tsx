import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { ExportLink } from '../../parts/export-link.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { Bars } from '../../ui/bars.js';
import { ChartFrame } from '../../ui/chart-frame.js';
import { EmptyState } from '../../ui/empty-state.js';
import { LEARNERS, type LearnerRow } from './documents.js';
import { KINDS, reasonWords, whyUnplaced, type Kind } from './why-unplaced.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

const MOST = 100;
const SHOWN = 30;

/** Everyone without a ranking, by what stands in the way, the quickest to mend first. */
export function Page() {
  const stages = (['NO_PROFILE', 'SUGGESTED', 'NO_SUGGESTION'] as const).map((stage) => ({ first: MOST, after: null, filter: { stage } }));
  const a = useQuery(LEARNERS, { variables: stages[0]! });
  const b = useQuery(LEARNERS, { variables: stages[1]! });
  const c = useQuery(LEARNERS, { variables: stages[2]! });
  const all = [a, b, c];
  const rows = all.flatMap((result) => result.data?.learners.nodes ?? []);
  const groups = KINDS.map((kind) => ({ kind, rows: rows.filter((row) => whyUnplaced(row) === kind) })).filter((group) => group.rows.length > 0);
  const settled = all.every((result) => result.data !== undefined);
  const error = all.find((result) => result.error !== undefined)?.error;
  const refetch = (): void => all.forEach((result) => void (result.error !== undefined && result.refetch()));
  return (
    <Sheet title={t('unplaced.title')} lead={lead('unplaced')} acts={<ExportLink list="unplaced">{t('unplaced.exportAll')}</ExportLink>}>
      <Loaded result={{ data: settled ? rows : undefined, error, refetch }} what={t('unplaced.title')}>
        {() => (groups.length === 0 ? <EmptyState title={t('unplaced.none')} why={t('unplaced.noneWhy')} /> : <Groups groups={groups} all={rows.length} />)}
      </Loaded>
    </Sheet>
  );
}

const SHORT: Readonly<Record<Kind, string>> = { consent: t('unplaced.reasons.consent'), profile: t('stages.NO_PROFILE'), unranked: t('unplaced.reasons.unranked'), narrow: t('stages.NO_SUGGESTION') };

function Groups({ groups, all }: Readonly<{ groups: readonly Readonly<{ kind: Kind; rows: readonly LearnerRow[] }>[]; all: number }>) {
  const first = groups[0];
  return (
    <>
      <ChartFrame
        title={t('unplaced.picture')}
        reading={first === undefined ? '' : t('unplaced.reading', { first: SHORT[first.kind], count: first.rows.length, all })}
        twin={{ columns: [t('unplaced.reason'), t('unplaced.learners')], rows: groups.map((group) => [SHORT[group.kind], group.rows.length]) }}
      >
        <Bars label={t('unplaced.picture')} bars={groups.map((group) => ({ key: group.kind, name: SHORT[group.kind], value: group.rows.length }))} />
      </ChartFrame>
      {groups.map((group) => (
        <section key={group.kind} className="stack stack--tight" aria-label={SHORT[group.kind]}>
          <h2>
            {SHORT[group.kind]} · {t('unplaced.count', { count: group.rows.length })}
          </h2>
          <p>{t(`unplaced.act.${group.kind}`)}</p>
          <ul className="stack stack--tight">
            {group.rows.slice(0, SHOWN).map((row) => (
              <li key={row.id}>
                <Link to="/learners/$id" params={{ id: row.id } as never}>
                  {row.givenName} {row.familyName}
                </Link>
                : {reasonWords(group.kind, row)}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
