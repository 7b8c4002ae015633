import type { ReactNode } from 'react';
import { showInstant, showPoints } from '../words/format.js';
import { t } from '../words/core.js';
import { GateChip, type GateView } from './gate-chip.js';
import { ScoreBar, type ScorePart } from './score-bar.js';
import './why-panel.css';

export type WhyTerm = ScorePart & Readonly<{ evidence: readonly string[]; missing: readonly string[] }>;
export type WhyProof = Readonly<{ policyVersion: string; inputHash: string; scoredAt: string }>;

/** Everything behind a score: what each part added and why, what is missing, the rules, and what it was computed from. */
export function WhyPanel({ score, terms, gates, proof, contest }: Readonly<{ score: number; terms: readonly WhyTerm[]; gates: readonly GateView[]; proof: WhyProof; contest?: ReactNode }>) {
  const order: Readonly<Record<GateView['state'], number>> = { FAIL: 0, UNKNOWN: 1, PASS: 2 };
  const sorted = [...gates].sort((a, b) => order[a.state] - order[b.state]);
  return (
    <section className="why stack" aria-labelledby="why-title">
      <h2 id="why-title">{t('why.title')}</h2>
      <ScoreBar score={score} parts={terms} label={showPoints(score)} />
      <h3>{t('why.parts')}</h3>
      <ul className="why__terms plain">
        {terms.map((term) => (
          <li key={term.code}>
            <div className="why__head">
              <strong>{term.name}</strong>
              <span className="figures">{t('score.share', { points: showPoints(term.contribution), most: showPoints(term.weight) })}</span>
            </div>
            <Reasons title={t('score.evidence')} sign="+" items={term.evidence} />
            <Reasons title={t('score.missing')} sign="–" items={term.missing} />
          </li>
        ))}
      </ul>
      {contest}
      <h3>{t('why.gates')}</h3>
      <div className="why__gates">
        {sorted.map((gate) => (
          <GateChip key={gate.code} gate={gate} />
        ))}
      </div>
      <details className="why__proof">
        <summary>{t('why.proof')}</summary>
        <dl className="facts small">
          <dt>{t('why.policy')}</dt>
          <dd>
            <code>{proof.policyVersion}</code>
          </dd>
          <dt>{t('why.hash')}</dt>
          <dd>
            <code>{proof.inputHash}</code>
          </dd>
          <dt>{t('why.at')}</dt>
          <dd>{showInstant(proof.scoredAt)}</dd>
        </dl>
      </details>
    </section>
  );
}

function Reasons({ title, sign, items }: Readonly<{ title: string; sign: string; items: readonly string[] }>) {
  if (items.length === 0) return null;
  return (
    <ul className="why__reasons plain" aria-label={title}>
      {items.map((item) => (
        <li key={item}>
          <span aria-hidden="true">{sign}</span> {item}
        </li>
      ))}
    </ul>
  );
}
