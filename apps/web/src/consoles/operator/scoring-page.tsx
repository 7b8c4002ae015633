import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { announce } from '../../parts/announce.js';
import { newKey, useCommand } from '../../parts/command.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { TwinTable } from '../../ui/chart-frame.js';
import { EmptyState } from '../../ui/empty-state.js';
import { JobProgress } from '../../ui/job-progress.js';
import { showInstant, showNumber } from '../../words/format.js';
import { RUNS, SCORE_REGION } from './documents.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

const POLL_MS = 2_000;

/** Passes over the whole region; the running one is counted in pieces. */
export function Page() {
  const result = useQuery(RUNS, { pollInterval: POLL_MS });
  const command = useCommand(SCORE_REGION);
  const start = async (): Promise<void> => {
    if ((await command.send({ input: { idempotencyKey: newKey() } })) === null) return;
    announce(t('scoring.accepted'));
    await result.refetch();
  };
  return (
    <Sheet
      title={t('scoring.title')}
      lead={lead('scoring')}
      wide
      acts={
        <Button loading={command.sending} onClick={() => void start()}>
          {t('scoring.run')}
        </Button>
      }
    >
      <CommandFaults command={command} />
      <Loaded result={result} what={t('scoring.title')}>
        {({ scoringRuns: { nodes } }) => (
          <>
            {nodes
              .filter((run) => run.state === 'RUNNING')
              .map((run) => (
                <JobProgress key={run.id} label={t('scoring.progress')} job={{ stages: [{ key: 'SCORE', name: t('scoring.stage') }], current: 'SCORE', count: { done: run.chunksDone, all: Math.max(1, run.chunks) } }} />
              ))}
            {nodes.length === 0 ? (
              <EmptyState title={t('scoring.none')} why={t('scoring.noneWhy')} />
            ) : (
              <TwinTable
                title={t('scoring.title')}
                twin={{
                  columns: [t('scoring.started'), t('scoring.state'), t('scoring.learners'), t('scoring.vacancies'), t('scoring.pairs'), t('scoring.took'), t('scoring.policy')],
                  rows: nodes.map((run) => [showInstant(run.startedAt), t(`scoring.states.${run.state}`), showNumber(run.learners), showNumber(run.vacancies), showNumber(run.pairs), run.endedAt === null ? '–' : ((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000).toFixed(1), run.policyVersion]),
                }}
              />
            )}
          </>
        )}
      </Loaded>
    </Sheet>
  );
}
