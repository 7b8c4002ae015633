import { useEffect, useRef, useState } from 'react';
import { t } from '../words/core.js';
import { Line, type Stop } from './line.js';
import { timeLeft } from './deadline-clock.js';

const SAY_EVERY_MS = 5_000;

export type JobView = Readonly<{
  stages: readonly Readonly<{ key: string; name: string }>[];
  /** Key of the stage at work; null when all is done. */
  current: string | null;
  count?: Readonly<{ done: number; all: number }>;
  /** Milliseconds left, where that can be told. */
  leftMs?: number;
  failure?: string;
}>;

/** A long job as stops on a line with its count. The live region speaks at most every five seconds. */
export function JobProgress({ job, label }: Readonly<{ job: JobView; label: string }>) {
  const at = job.current === null ? job.stages.length : job.stages.findIndex((stage) => stage.key === job.current);
  const stops = job.stages.map<Stop>((stage, index) => ({ key: stage.key, name: stage.name, state: index < at ? 'past' : index > at ? 'next' : job.failure !== undefined ? 'stopped' : 'now' }));
  const now = job.stages[at];
  const words = [
    job.failure !== undefined ? t('job.failed', { reason: job.failure }) : now === undefined ? t('job.done') : t('job.at', { stage: now.name }),
    job.count && t('job.count', job.count),
    job.leftMs !== undefined && job.leftMs > 0 && t('job.eta', { time: timeLeft(job.leftMs) }),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <div className="stack stack--tight">
      <Line stops={stops} label={label} words={{ past: t('job.done'), now: t('job.at', { stage: '' }).replace(/: ?$/, ''), next: t('job.stages.WAITING'), stopped: t('job.failed', { reason: '' }).replace(/: ?$/, '') }} />
      {job.count && <progress max={job.count.all} value={job.count.done} aria-label={label} style={{ width: '100%', accentColor: 'var(--pine)' }} />}
      <p className="figures">{words}</p>
      <Spoken words={words} />
    </div>
  );
}

function Spoken({ words }: Readonly<{ words: string }>) {
  const [said, setSaid] = useState('');
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + SAY_EVERY_MS - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setSaid(words);
    }, wait);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <span className="unseen" role="status">
      {said}
    </span>
  );
}
