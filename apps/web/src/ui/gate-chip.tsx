import { t } from '../words/core.js';
import './gate-chip.css';

export type GateMark = 'PASS' | 'UNKNOWN' | 'FAIL';
export type GateView = Readonly<{ code: string; name: string; state: GateMark; rule: string; detail: string; remedy: string }>;

const SIGN: Readonly<Record<GateMark, string>> = { PASS: '✓', UNKNOWN: '?', FAIL: '✕' };

/** One eligibility rule: sign, word and colour say the state; the detail opens in place, with the remedy. */
export function GateChip({ gate }: Readonly<{ gate: GateView }>) {
  return (
    <details className={`gate gate--${gate.state.toLowerCase()}`}>
      <summary>
        <span className="gate__sign" aria-hidden="true">
          {SIGN[gate.state]}
        </span>
        <span>{gate.name}</span> <span className="gate__state">{t(`gates.${gate.state}`)}</span>
      </summary>
      <dl className="gate__detail">
        <dt>{t('gates.found')}</dt>
        <dd>{gate.detail}</dd>
        <dt>{t('gates.rule')}</dt>
        <dd>{gate.rule}</dd>
        {gate.remedy !== '' && (
          <>
            <dt>{t('gates.remedy')}</dt>
            <dd>
              <strong>{gate.remedy}</strong>
            </dd>
          </>
        )}
      </dl>
    </details>
  );
}

/** The state alone, where there is no room for the rule. */
export function GateDot({ name, state }: Readonly<{ name: string; state: GateMark }>) {
  return (
    <span className={`gate gate--flat gate--${state.toLowerCase()}`}>
      <span className="gate__sign" aria-hidden="true">
        {SIGN[state]}
      </span>
      {name}: {t(`gates.${state}`)}
    </span>
  );
}
