import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { newKey, useCommand } from '../../parts/command.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { Loaded } from '../../parts/loaded.js';
import { TwinTable } from '../../ui/chart-frame.js';
import { DiffTable } from '../../ui/diff-table.js';
import { Notice } from '../../ui/notice.js';
import { showNumber, showPercent } from '../../words/format.js';
import { CANCEL_DRY_RUN, COMPARISON, START_DRY_RUN, type RoundTrial, type RunRound } from './documents.js';
import { WorkUnderWay } from './work-under-way.js';
import { t } from './words.js';

type Mode = RoundTrial['mode'];
/** The promised mode, and the one to set beside it. */
const modesOf = ({ rules: { mode } }: RunRound): readonly [Mode, Mode] => [mode, mode === 'EMPLOYER_OPTIMAL' ? 'LEARNER_OPTIMAL' : 'EMPLOYER_OPTIMAL'];
/** Learners named in the comparison; the counts above the list are of everybody. */
const NAMED = 100;
const CHOICES_TOLD = 3;

/** What the frozen round would give in each mode, and the two side by side: nothing is decided here. */
export function DryRuns({ round }: Readonly<{ round: RunRound }>) {
  const latest = (mode: Mode): RoundTrial | undefined => round.dryRuns.find((run) => run.mode === mode && run.state !== 'CANCELLED');
  const modes = modesOf(round);
  const [a, b] = modes.map(latest);
  return (
    <section className="stack" aria-labelledby="trials">
      <h2 id="trials">{t('trial.title')}</h2>
      <p>{t('trial.what')}</p>
      <div className="grid">
        {modes.map((mode) => (
          <Trial key={mode} mode={mode} run={latest(mode)} round={round} />
        ))}
      </div>
      {a?.state === 'DONE' && b?.state === 'DONE' && <Compared round={round} a={a} b={b} />}
    </section>
  );
}

function Trial({ mode, run, round }: Readonly<{ mode: Mode; run: RoundTrial | undefined; round: RunRound }>) {
  const start = useCommand(START_DRY_RUN);
  const cancel = useCommand(CANCEL_DRY_RUN);
  const name = t(`modes.${mode}`);
  const known = round.dryRuns.find(({ tookMs }) => tookMs !== null)?.tookMs ?? null;
  return (
    <section className="sheet stack stack--tight" aria-label={name}>
      <h3>{name}</h3>
      <p className="soft small">{mode === round.rules.mode ? t('trial.promised') : t('trial.other')}</p>
      <CommandFaults command={start} />
      <CommandFaults command={cancel} />
      {run?.state === 'FAILED' && <Notice kind="wrong">{t('round.failure', { why: run.failure ?? '' })}</Notice>}
      {run?.state === 'RUNNING' && (
        <WorkUnderWay label={t('trial.progress', { mode: name })} stage={run.stage} since={run.askedAt} expectedMs={known} onCancel={() => void cancel.send({ input: { dryRunId: run.id } })} cancelling={cancel.sending} />
      )}
      {run?.state === 'DONE' && <p>{t('trial.placed', { matched: showNumber(run.matched ?? 0), learners: showNumber(run.learners ?? 0), vacancies: showNumber(run.vacancies ?? 0) })}</p>}
      {(run === undefined || run.state === 'FAILED') && (
        <div>
          <Button variant="outline" loading={start.sending} onClick={() => void start.send({ input: { idempotencyKey: newKey(), roundId: round.id, version: round.version, mode } })}>
            {t('trial.start', { mode: name })}
          </Button>
        </div>
      )}
    </section>
  );
}

function Compared({ round, a, b }: Readonly<{ round: RunRound; a: RoundTrial; b: RoundTrial }>) {
  const result = useQuery(COMPARISON, { variables: { id: round.id, first: NAMED } });
  const share = (run: RoundTrial, count: number): string => `${showNumber(count)} (${showPercent(run.matched ? (10_000 * count) / run.matched : 0)})`;
  const upTo = (run: RoundTrial, choice: number): string => share(run, run.rankCounts.slice(0, choice).reduce((sum, count) => sum + count, 0));
  const rows = [
    { field: t('trial.rows.placed'), yours: showNumber(a.matched ?? 0), theirs: showNumber(b.matched ?? 0) },
    { field: t('trial.rows.unplaced'), yours: showNumber((a.learners ?? 0) - (a.matched ?? 0)), theirs: showNumber((b.learners ?? 0) - (b.matched ?? 0)) },
    ...Array.from({ length: CHOICES_TOLD }, (_, at) => ({ field: at === 0 ? t('trial.rows.first') : t('trial.rows.upTo', { choice: at + 1 }), yours: upTo(a, at + 1), theirs: upTo(b, at + 1) })),
    { field: t('trial.rows.worst'), yours: String(a.rankCounts.length), theirs: String(b.rankCounts.length) },
  ];
  return (
    <Loaded result={result} what={t('trial.compare')}>
      {(data) => {
        const found = data.round?.comparison;
        if (found === null || found === undefined) return null;
        const got = (place: Readonly<{ title: string }> | null, rank: number | null): string => (place === null ? t('round.none') : t('round.got', { name: place.title, rank: rank ?? 0 }));
        return (
          <div className="stack">
            <p className="lead">{found.moved === 0 ? t('trial.same') : t('trial.reading', { moved: found.moved, better: found.betterInA, worse: found.betterInB })}</p>
            {found.placedOnlyInA + found.placedOnlyInB > 0 && <p>{t('trial.only', { a: found.placedOnlyInA, b: found.placedOnlyInB })}</p>}
            <DiffTable caption={t('trial.compare')} differences={rows} names={{ yours: t(`modes.${a.mode}`), theirs: t(`modes.${b.mode}`) }} />
            {found.differences.length > 0 && (
              <details>
                <summary>{t('trial.who', { shown: found.differences.length, all: found.moved })}</summary>
                <TwinTable
                  title={t('trial.who', { shown: found.differences.length, all: found.moved })}
                  twin={{
                    columns: [t('round.learner'), t(`modes.${a.mode}`), t(`modes.${b.mode}`)],
                    rows: found.differences.map((row) => [row.learner === null ? '–' : `${row.learner.givenName} ${row.learner.familyName}`, got(row.a, row.aRank), got(row.b, row.bRank)]),
                  }}
                />
              </details>
            )}
          </div>
        );
      }}
    </Loaded>
  );
}
