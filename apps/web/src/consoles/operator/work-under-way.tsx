import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { JobProgress } from '../../ui/job-progress.js';
import { t as core } from '../../words/core.js';
import type { RunRound } from './documents.js';
import { t } from './words.js';

const STAGES = ['SNAPSHOT', 'SOLVE', 'VERIFY', 'EXPLAIN', 'SAVE'] as const;
const TICK_MS = 1_000;

/** A solving or a dry run under way: the stage, how many are done, the time left as the last one of the same input took it, and the way out. */
export function WorkUnderWay({ label, stage, since, expectedMs, onCancel, cancelling }: Readonly<{ label: string; stage: RunRound['stage']; since: string | null; expectedMs: number | null; onCancel: () => void; cancelling: boolean }>) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const at = STAGES.findIndex((each) => each === stage);
  const left = expectedMs === null || since === null ? undefined : Math.max(0, expectedMs - (now - new Date(since).getTime()));
  return (
    <div className="stack stack--tight">
      {at < 0 ? (
        <p role="status">{t('round.waiting')}</p>
      ) : (
        <JobProgress label={label} job={{ stages: STAGES.map((key) => ({ key, name: core(`job.stages.${key}`) })), current: STAGES[at] ?? null, count: { done: at, all: STAGES.length }, ...(left !== undefined && { leftMs: left }) }} />
      )}
      <div>
        <Button variant="outline" loading={cancelling} onClick={onCancel}>
          {t('round.callOff')}
        </Button>
      </div>
    </div>
  );
}
