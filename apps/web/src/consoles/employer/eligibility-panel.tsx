import { useQuery } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { CommandFaults } from '../../parts/command-faults.js';
import { newKey, useCommand } from '../../parts/command.js';
import { gateViews } from '../../parts/suggestion-view.js';
import { Skeleton } from '../../ui/skeleton.js';
import { ASK_ELIGIBILITY, ELIGIBILITY, type EligibilityAnswer } from './documents.js';
import { detailsOf, gapsOf, STEPS, type Posting } from './posting.js';
import { t } from './words.js';

/** How long nothing is typed before it is counted again, and how often an answer that was not there yet is looked for. */
const REST_MS = 700;
const LOOK_MS = 1_000;
const MOST_RULES = 5;

/** How many learners the posting would reach as it stands, and what each rule and each must-have keeps away: counts alone, small ones hidden. */
export function EligibilityPanel({ posting }: Readonly<{ posting: Posting }>) {
  const complete = STEPS.every((step) => gapsOf(step, posting).length === 0);
  const key = complete ? JSON.stringify(detailsOf(posting)) : null;
  const command = useCommand(ASK_ELIGIBILITY);
  const [asked, setAsked] = useState<Readonly<{ key: string; id: string; answer: EligibilityAnswer | null }> | null>(null);
  const send = useRef(command.send);
  send.current = command.send;
  useEffect(() => {
    if (key === null) return undefined;
    let left = false;
    const timer = setTimeout(() => {
      void send.current({ input: { idempotencyKey: newKey(), details: JSON.parse(key) as ReturnType<typeof detailsOf> } }).then((done) => {
        if (!left && done !== null) setAsked({ key, id: done.question.id, answer: done.question.answer });
      });
    }, REST_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [key]);
  const waits = asked !== null && asked.key === key && asked.answer === null;
  const late = useQuery(ELIGIBILITY, { variables: { id: asked?.id ?? '' }, skip: !waits, pollInterval: LOOK_MS, fetchPolicy: 'network-only' });
  const answer = asked?.answer ?? (waits ? (late.data?.eligibility?.answer ?? null) : null);
  return (
    <section className="stack stack--tight" aria-label={t('reach.title')} aria-live="polite">
      <h3>{t('reach.title')}</h3>
      {key === null && <p className="soft">{t('reach.later')}</p>}
      <CommandFaults command={command} />
      {key !== null && answer === null && command.faults.length === 0 && command.error == null && <Skeleton what={t('reach.title')} lines={2} />}
      {key !== null && answer !== null && <Reach answer={answer} fresh={asked?.key === key} />}
    </section>
  );
}

const shown = (count: number | null): string => (count === null ? t('reach.few') : String(count));

function Reach({ answer, fresh }: Readonly<{ answer: EligibilityAnswer; fresh: boolean }>) {
  const names = new Map(gateViews(answer.shutOutBy.map(({ code, rule }) => ({ code, rule, state: 'FAIL' as const, detail: '', remedy: '' }))).map(({ code, name }) => [code, name]));
  const trained = answer.ifTrained.filter(({ adds, skill }) => adds !== null && skill !== null);
  return (
    <>
      <p>
        <strong>{t('reach.eligible', { learners: shown(answer.eligible) })}</strong> {t('reach.suited', { learners: shown(answer.wellSuited) })}
      </p>
      <p className="soft small">{t('reach.near')}</p>
      {!fresh && <p className="soft">{t('reach.again')}</p>}
      {answer.shutOutBy.length > 0 && (
        <>
          <h4>{t('reach.rules')}</h4>
          <ul className="plain stack stack--tight">
            {answer.shutOutBy.slice(0, MOST_RULES).map(({ code, learners, rule }) => (
              <li key={code}>
                {t('reach.rule', { name: names.get(code) ?? code, learners: shown(learners) })}
                <div className="soft small">{rule}</div>
              </li>
            ))}
          </ul>
        </>
      )}
      {trained.length > 0 && (
        <>
          <h4>{t('reach.trained')}</h4>
          <ul className="plain stack stack--tight">
            {trained.map(({ skill, adds }) => (
              <li key={skill?.id}>{t('reach.adds', { skill: skill?.label ?? '', learners: shown(adds) })}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
