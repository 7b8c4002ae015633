import { Button, Checkbox, NativeSelect, NumberInput, PasswordInput, Select, Textarea, TextInput } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Page as Sheet } from '../../parts/page.js';
import { FaultView } from '../../parts/fault-view.js';
import { StageFlow } from '../../parts/stage-flow.js';
import { Bars } from '../../ui/bars.js';
import { ChartFrame } from '../../ui/chart-frame.js';
import { DataTable, type Sort } from '../../ui/data-table.js';
import { DeadlineClock } from '../../ui/deadline-clock.js';
import { DiffTable } from '../../ui/diff-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { HeatTable } from '../../ui/heat-table.js';
import { GateChip, GateDot } from '../../ui/gate-chip.js';
import { JobProgress } from '../../ui/job-progress.js';
import { JourneyLine } from '../../ui/journey-line.js';
import { Notice } from '../../ui/notice.js';
import { OpeningMeter } from '../../ui/opening-meter.js';
import { RankList } from '../../ui/rank-list.js';
import { ReceiptCard } from '../../ui/receipt-card.js';
import { ScoreBar } from '../../ui/score-bar.js';
import { Skeleton } from '../../ui/skeleton.js';
import { WhyPanel } from '../../ui/why-panel.js';
import * as sample from './kitchen-samples.js';
import { sink } from './words-kitchen.js';

const CampusMap = lazy(() => import('../../ui/campus-map.js').then(({ CampusMap: Shown }) => ({ default: Shown })));

/** Every component in every state, for the eye and for the accessibility check. Built only while developing. */
export function Page() {
  return (
    <Sheet title={sink('title')} lead={sink('lead')} wide>
      <Part title={sink('type')}>
        <h1>{sink('heading')}</h1>
        <h2>{sink('heading')}</h2>
        <h3>{sink('heading')}</h3>
        <p className="lead">{sink('text')}</p>
        <p>{sink('text')}</p>
        <p className="soft small">{sink('text')}</p>
        <p>
          <a href="#main">{sink('link')}</a>
        </p>
      </Part>
      <Part title={sink('buttons')}>
        <div className="row">
          <Button>{sink('primary')}</Button>
          <Button variant="outline">{sink('secondary')}</Button>
          <Button variant="subtle">{sink('quiet')}</Button>
          <Button color="brick">{sink('danger')}</Button>
          <Button disabled>{sink('off')}</Button>
          <Button loading>{sink('working')}</Button>
        </div>
      </Part>
      <Part title={sink('fields')}>
        <div className="grid">
          <TextInput label={sink('label')} description={sink('note')} defaultValue={sink('value')} />
          <TextInput label={sink('label')} error={sink('fault')} />
          <PasswordInput label={sink('password')} />
          <NumberInput label={sink('number')} defaultValue={3} min={1} max={9} />
          <NativeSelect label={sink('choice')} data={[sink('value'), sink('text')]} />
          <Select label={sink('search')} data={[sink('value'), sink('text')]} searchable />
          <Textarea label={sink('area')} defaultValue={sink('text')} autosize />
          <Checkbox label={sink('check')} defaultChecked />
        </div>
      </Part>
      <Part title="ScoreBar">
        <ScoreBar score={7340} parts={sample.terms} legend />
        <ScoreBar score={2210} parts={sample.weak} />
        <ScoreBar score={0} parts={[]} />
      </Part>
      <Part title="GateChip">
        <div className="grid">
          {sample.gates.map((gate) => (
            <GateChip key={gate.code} gate={gate} />
          ))}
        </div>
        <div className="row">
          {sample.gates.map((gate) => (
            <GateDot key={gate.code} name={gate.name} state={gate.state} />
          ))}
        </div>
      </Part>
      <Part title="WhyPanel">
        <WhyPanel score={7340} terms={sample.terms} gates={sample.gates} proof={sample.proof} contest={<Button variant="outline">{sink('contest')}</Button>} />
      </Part>
      <Part title="RankList">
        <Ranking />
        <RankList label={sink('locked')} locked entries={sample.entries.slice(0, 2)} onOrder={() => undefined} />
      </Part>
      <Part title="JourneyLine">
        <JourneyLine minutes={32} limit={60} mode="BUS" to={sink('site')} />
        <JourneyLine minutes={75} limit={60} mode="RAIL" to={sink('site')} />
        <JourneyLine minutes={null} limit={60} mode={null} to={sink('site')} />
      </Part>
      <Part title="DeadlineClock">
        {[9 * 86_400_000, 5 * 3_600_000, -3_600_000].map((left) => (
          <div key={left}>
            <DeadlineClock what={sink('reply')} at={new Date(sample.now + left).toISOString()} now={sample.now} />
          </div>
        ))}
      </Part>
      <Part title="OpeningMeter">
        <OpeningMeter taken={2} openings={5} />
        <OpeningMeter taken={0} openings={1} />
        <OpeningMeter taken={31} openings={40} />
      </Part>
      <Part title="ReceiptCard">
        <div className="grid">
          <ReceiptCard receipt={sample.receipt} entries={5} />
          <ReceiptCard receipt={null} entries={0} />
        </div>
      </Part>
      <Part title="JobProgress">
        <JobProgress label={sink('solving')} job={{ stages: sample.stages, current: 'SOLVE', count: { done: 412, all: 1000 }, leftMs: 180_000 }} />
        <JobProgress label={sink('solved')} job={{ stages: sample.stages, current: null }} />
        <JobProgress label={sink('stopped')} job={{ stages: sample.stages, current: 'VERIFY', failure: sink('fault') }} />
      </Part>
      <Part title="DataTable">
        <Table rows={sample.thousand} label={sink('thousand')} />
      </Part>
      <Part title="DiffTable">
        <DiffTable caption={sink('changed')} differences={sample.differences} act={<Button variant="outline">{sink('secondary')}</Button>} />
        <DiffTable caption={sink('unchanged')} differences={[]} />
      </Part>
      <Part title="ErrorSummary, FaultView, Notice">
        <ErrorSummary faults={sample.faults} />
        <FaultView error={new TypeError('fetch failed')} retry={() => undefined} />
        <Notice>{sink('text')}</Notice>
        <Notice kind="done">{sink('text')}</Notice>
        <Notice kind="beware">{sink('text')}</Notice>
      </Part>
      <Part title="EmptyState, Skeleton">
        <EmptyState title={sink('empty')} why={sink('why')} act={<Button variant="outline">{sink('widen')}</Button>} />
        <Skeleton what={sink('value')} now />
      </Part>
      <Part title="ChartFrame">
        <ChartFrame title={sink('picture')} reading={sink('reading')} twin={sample.twin} source={sink('source')}>
          <ScoreBar score={7340} parts={sample.terms} />
        </ChartFrame>
      </Part>
      <Part title="Bars, HeatTable">
        <Bars label={sink('picture')} bars={sample.bars} />
        <HeatTable label={sink('thousand')} corner={sink('name')} columns={sample.heat.columns} rows={sample.heat.rows} />
      </Part>
      <Part title="StageFlow, FlowChart">
        <StageFlow count={(stage) => sample.stageCounts[stage]} />
        <StageFlow count={() => 0} />
      </Part>
      <Part title="CampusMap">
        <Suspense fallback={<Skeleton what={sink('value')} />}>
          <CampusMap label={sink('picture')} words={{ openings: sink('openings'), learners: sink('learners'), minutes: (minutes) => String(minutes) }} places={sample.campuses} centre={sample.centre} rings={sample.rings} />
        </Suspense>
      </Part>
    </Sheet>
  );
}

function Part({ title, children }: Readonly<{ title: string; children: ReactNode }>) {
  return (
    <section className="stack" aria-label={title} data-part={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Ranking() {
  const [entries, setEntries] = useState(sample.entries);
  return (
    <RankList
      label={sink('ranking')}
      entries={entries}
      onOrder={(ids) => setEntries(ids.flatMap((id) => entries.filter((entry) => entry.id === id)))}
      onRemove={(id) => setEntries(entries.filter((entry) => entry.id !== id))}
    />
  );
}

function Table({ rows, label }: Readonly<{ rows: readonly sample.Row[]; label: string }>) {
  const [selected, setSelected] = useState<string>();
  const [sort, setSort] = useState<Sort>({ key: 'name', falling: false });
  const sorted = [...rows].sort((a, b) => (sort.falling ? -1 : 1) * (sort.key === 'score' ? a.score - b.score : a.name.localeCompare(b.name)));
  return (
    <DataTable
      label={label}
      rows={sorted}
      idOf={(row) => row.id}
      selected={selected}
      onSelect={setSelected}
      sort={sort}
      onSort={setSort}
      height={420}
      columns={[
        { key: 'name', name: sink('name'), cell: (row) => row.name, width: '2fr', sortable: true },
        { key: 'stage', name: sink('stage'), cell: (row) => row.stage, width: '1fr' },
        { key: 'score', name: sink('score'), cell: (row) => row.score, width: '8rem', end: true, sortable: true },
      ]}
    />
  );
}
