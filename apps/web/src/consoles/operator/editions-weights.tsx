import { Button, NumberInput, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { announce } from '../../parts/announce.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { newKey, useCommand } from '../../parts/command.js';
import { termViews } from '../../parts/suggestion-view.js';
import { TwinTable } from '../../ui/chart-frame.js';
import { showInstant, showPercent, showPoints } from '../../words/format.js';
import { DECIDE_WEIGHTS, PROPOSE_WEIGHTS, type Policy, type WeightRow } from './editions-documents.js';
import { t } from './editions-words.js';

const FULL = 10_000;
const PERCENT = 100;
type Weight = Policy['weights'][number];

const nameOf = (code: string): string => termViews([{ code, weight: 0, contribution: 0, evidence: [], missing: [] }])[0]?.name ?? code;
const inPercent = (weights: readonly Weight[], code: string): string => {
  const found = weights.find((each) => each.code === code);
  return found === undefined ? '–' : String(found.weight / PERCENT);
};
const codesOf = (...sides: (readonly Weight[])[]): readonly string[] => [...new Set(sides.flat().map(({ code }) => code))];
const rowsOf = (weights: readonly Weight[], employerWeights: readonly Weight[]): readonly (readonly string[])[] => codesOf(weights, employerWeights).map((code) => [nameOf(code), inPercent(weights, code), inPercent(employerWeights, code)]);
const columns = (): readonly string[] => [t('term'), t('learner'), t('employer')];

/** The weights in force, a form for others, and every version with what its trial found. */
export function Weights({ policy, versions, onChange }: Readonly<{ policy: Policy; versions: readonly WeightRow[]; onChange: () => void }>) {
  return (
    <section className="stack" aria-labelledby="weights">
      <h2 id="weights">{t('weights')}</h2>
      <p>{t('inForce', { policy: policy.policyVersion, reference: policy.referenceVersion })}</p>
      <TwinTable title={t('weights')} twin={{ columns: columns(), rows: rowsOf(policy.weights, policy.employerWeights) }} />
      <details>
        <summary>{t('propose')}</summary>
        <Propose key={policy.policyVersion} policy={policy} onChange={onChange} />
      </details>
      <h3>{t('versions')}</h3>
      {versions.length === 0 && <p>{t('noVersions')}</p>}
      {versions.map((version) => (
        <Version key={version.number} version={version} onChange={onChange} />
      ))}
    </section>
  );
}

function Propose({ policy, onChange }: Readonly<{ policy: Policy; onChange: () => void }>) {
  const command = useCommand(PROPOSE_WEIGHTS, (path) => (path.at(-1) === 'reason' ? 'weights-reason' : undefined));
  const [sides, setSides] = useState({ weights: policy.weights, employerWeights: policy.employerWeights });
  const [reason, setReason] = useState('');
  const sum = (weights: readonly Weight[]): number => weights.reduce((all, { weight }) => all + weight, 0);
  const change = (side: keyof typeof sides, code: string, percent: number): void => setSides({ ...sides, [side]: sides[side].map((each) => (each.code === code ? { ...each, weight: Math.round(percent * PERCENT) } : each)) });
  const plain = (weights: readonly Weight[]) => weights.map(({ code, weight }) => ({ code, weight }));
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const done = await command.send({ input: { idempotencyKey: newKey(), weights: plain(sides.weights), employerWeights: plain(sides.employerWeights), reason } });
    if (done === null) return;
    announce(t('proposed'));
    onChange();
  };
  return (
    <form className="stack" onSubmit={(event) => void send(event)} noValidate>
      <CommandFaults command={command} />
      {(['weights', 'employerWeights'] as const).map((side) => (
        <fieldset key={side} className="stack stack--tight">
          <legend>{t(side === 'weights' ? 'learner' : 'employer')}</legend>
          <div className="grid">
            {sides[side].map(({ code, weight }) => (
              <NumberInput key={code} label={nameOf(code)} value={weight / PERCENT} onChange={(value) => change(side, code, Number(value))} min={0} max={PERCENT} decimalScale={2} />
            ))}
          </div>
        </fieldset>
      ))}
      {[sides.weights, sides.employerWeights].some((side) => sum(side) !== FULL) && <p role="status">{t('sum', { learner: sum(sides.weights) / PERCENT, employer: sum(sides.employerWeights) / PERCENT })}</p>}
      <Textarea id="weights-reason" label={t('reason')} description={t('reasonNote')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={2} maxLength={2_000} />
      <div>
        <Button type="submit" loading={command.sending}>
          {t('send')}
        </Button>
      </div>
    </form>
  );
}

function Version({ version, onChange }: Readonly<{ version: WeightRow; onChange: () => void }>) {
  const { number, state, report } = version;
  return (
    <article className="sheet stack stack--tight">
      <h4>{t('version', { number, state: t(`states.${state}`) })}</h4>
      <p dir="auto">{t('proposedAt', { when: showInstant(version.proposedAt), reason: version.reason })}</p>
      {version.decidedAt !== null && <p dir="auto">{t('decidedAt', { when: showInstant(version.decidedAt), reason: version.decisionReason ?? '' })}</p>}
      <p>{report === null ? t('noReport') : t('report', { learners: report.learners, best: report.newBest, kept: showPercent(report.topTenKept), change: showPoints(report.meanChange) })}</p>
      <TwinTable title={t('version', { number, state: t(`states.${state}`) })} twin={{ columns: columns(), rows: rowsOf(version.weights, version.employerWeights) }} />
      {state === 'PROPOSED' && <Decide number={number} onChange={onChange} />}
    </article>
  );
}

function Decide({ number, onChange }: Readonly<{ number: number; onChange: () => void }>) {
  const field = `decide-${number}`;
  const command = useCommand(DECIDE_WEIGHTS, (path) => (path.at(-1) === 'reason' ? field : undefined));
  const [reason, setReason] = useState('');
  const decide = async (approve: boolean): Promise<void> => {
    if ((await command.send({ input: { number, approve, reason } })) === null) return;
    announce(t('decided'));
    onChange();
  };
  return (
    <>
      <CommandFaults command={command} />
      <Textarea id={field} label={t('reason')} description={t('reasonNote')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={2} maxLength={2_000} />
      <div className="row">
        <Button onClick={() => void decide(true)} loading={command.sending}>
          {t('approve')}
        </Button>
        <Button variant="outline" onClick={() => void decide(false)} loading={command.sending}>
          {t('reject')}
        </Button>
      </div>
    </>
  );
}
