import { lazy, Suspense } from 'react';
import { ChartFrame } from '../ui/chart-frame.js';
import type { Flow } from '../ui/flow-chart.js';
import { Skeleton } from '../ui/skeleton.js';
import { flow as word } from './flow-words.js';

const FlowChart = lazy(() => import('../ui/flow-chart.js').then(({ FlowChart: Shown }) => ({ default: Shown })));

/** Each step, and where those are who did not take it. A learner is counted at the furthest step reached. */
const STEPS = [
  { step: 'profile', stopped: 'NO_PROFILE' },
  { step: 'eligible', stopped: 'NO_SUGGESTION' },
  { step: 'ranked', stopped: 'SUGGESTED' },
  { step: 'proposed', stopped: 'RANKED' },
  { step: 'placed', stopped: 'PROPOSED' },
] as const;

/** From course to place: how many learners came how far, and where the others are. `count` gives the learners who stand at a stage. */
export function StageFlow({ count }: Readonly<{ count: (stage: (typeof STEPS)[number]['stopped'] | 'PLACED') => number }>) {
  let left = STEPS.reduce((sum, { stopped }) => sum + count(stopped), count('PLACED'));
  const all = left;
  const flows: Flow[] = [];
  let from = word('all');
  for (const { step, stopped } of STEPS) {
    const lost = count(stopped);
    left -= lost;
    if (lost > 0) flows.push({ from, to: word(`stopped.${stopped}`), value: lost, stops: true });
    if (left > 0) flows.push({ from, to: word(`${step}`), value: left });
    from = word(`${step}`);
  }
  const worst = flows.filter(({ stops }) => stops).toSorted((a, b) => b.value - a.value)[0];
  const placed = count('PLACED');
  const reading = all === 0 ? word('none') : [word('reading', { placed, all }), worst === undefined ? '' : word('worst', { where: worst.to, count: worst.value })].join(' ').trim();
  return (
    <ChartFrame title={word('title')} reading={reading} twin={{ columns: [word('from'), word('to'), word('learners')], rows: flows.map((flow) => [flow.from, flow.to, flow.value]) }}>
      {flows.length > 0 && (
        <Suspense fallback={<Skeleton what={word('title')} lines={8} />}>
          <FlowChart label={word('title')} flows={flows} />
        </Suspense>
      )}
    </ChartFrame>
  );
}
