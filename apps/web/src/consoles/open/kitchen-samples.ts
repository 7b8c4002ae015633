import { t } from '../../words/core.js';
import { sink } from './words-kitchen.js';
import type { GateView } from '../../ui/gate-chip.js';
import type { WhyTerm } from '../../ui/why-panel.js';

const term = (code: 'SKILLS' | 'TRAVEL' | 'PATHWAY' | 'INTERESTS' | 'AVAILABILITY' | 'LEVEL' | 'TEXT', weight: number, value: number): WhyTerm => ({
  code,
  name: t(`terms.${code}`),
  weight,
  contribution: Math.floor((weight * value) / 10_000),
  evidence: value > 0 ? [sink('evidence')] : [],
  missing: value < 10_000 ? [sink('missing')] : [],
});

export const terms = [term('SKILLS', 4800, 7000), term('TRAVEL', 1500, 8200), term('PATHWAY', 1000, 10_000), term('INTERESTS', 900, 5000), term('AVAILABILITY', 1000, 9000), term('LEVEL', 400, 10_000), term('TEXT', 400, 2500)];
export const weak = [term('SKILLS', 4800, 2000), term('TRAVEL', 1500, 3000), term('AVAILABILITY', 1000, 8000)];

const gate = (code: 'LEVEL' | 'TRAVEL' | 'CHECKS', state: GateView['state']): GateView => ({ code, name: t(`gates.codes.${code}`), state, rule: sink('rule'), detail: sink('detail'), remedy: state === 'PASS' ? '' : sink('remedy') });
export const gates = [gate('LEVEL', 'PASS'), gate('CHECKS', 'UNKNOWN'), gate('TRAVEL', 'FAIL')];
export const proof = { policyVersion: 'fit-1', inputHash: '9f2c1e7ab4d0c1f5'.repeat(4), scoredAt: '2026-11-22T07:30:00.000Z' };

export const entries = (['entryA', 'entryB', 'entryC', 'entryD'] as const).map((key) => ({ id: key, name: sink(key), note: sink('entryNote') }));
export const receipt = { number: 'b7e1'.repeat(16), at: '2026-11-21T16:02:11.000Z', version: 3 };
export const now = Date.parse('2026-11-22T08:00:00.000Z');
export const stages = (['SNAPSHOT', 'SOLVE', 'VERIFY', 'EXPLAIN', 'SAVE'] as const).map((key) => ({ key, name: t(`job.stages.${key}`) }));

export type Row = Readonly<{ id: string; name: string; stage: string; score: number }>;
export const thousand: readonly Row[] = Array.from({ length: 1_000 }, (_, index) => ({ id: String(index), name: `${sink('row')} ${index + 1}`, stage: sink('value'), score: (index * 37) % 101 }));

export const differences = [
  { field: sink('label'), yours: '3', theirs: '5' },
  { field: sink('name'), yours: sink('entryA'), theirs: sink('entryB') },
];
export const faults = [{ message: sink('fault'), remedy: sink('remedy'), rule: sink('rule') }];
export const twin = { columns: [sink('name'), sink('score')], rows: [[sink('entryA'), 12], [sink('entryB'), 31]] };

export const bars = [
  { key: 'a', name: 'Solder', value: 12 },
  { key: 'b', name: 'Measure', value: 5 },
  { key: 'c', name: 'Write up', value: 0, words: 'fewer than 5' },
];
export const heat = { columns: ['BHIC', 'Arden Cross', 'Warwick'], rows: [{ key: 'a', name: 'Imaging', values: [3, 12, 0] }, { key: 'b', name: 'Wearables', values: [40, 22, 9] }] };
export const stageCounts = { NO_PROFILE: 4, NO_SUGGESTION: 3, SUGGESTED: 12, RANKED: 20, PROPOSED: 6, PLACED: 9 };
export const campuses = [
  { key: 'bhic', name: 'BHIC', lat: 52.44, lon: -1.94, openings: 40, learners: 12 },
  { key: 'arden', name: 'Arden Cross', lat: 52.45, lon: -1.72, openings: 9, learners: 31 },
];
export const centre = { lat: 52.44, lon: -1.94 };
export const rings = [
  { minutes: 30, metres: 4_000 },
  { minutes: 60, metres: 11_000 },
];
