import { openExplainer } from '@meriden/matching';
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Page as Sheet } from '../../parts/page.js';
import { digest } from '../../parts/digest.js';
import { Notice } from '../../ui/notice.js';
import { instanceOf, LEARNERS, solveExample, START, VACANCIES, type Example, type LearnerName, type VacancyName } from './example-round.js';
import { Prose } from './prose.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';
import './open.css';

/** The rules in words, then a round that anybody can change: solved and checked here by the library that runs real ones. */
export function Page() {
  const [example, setExample] = useState<Example>(START);
  return (
    <Sheet title={t('how.title')} lead={lead('how')} wide>
      <div className="prose">
        <Prose title={t('how.rulesTitle')}>
          <ol>
            {([1, 2, 3, 4, 5] as const).map((line) => (
              <li key={line}>{t(`how.rule${line}`)}</li>
            ))}
          </ol>
          <p>{t('how.score')}</p>
        </Prose>
        <Prose title={t('how.tryTitle')}>
          <p>{t('how.tryLead')}</p>
        </Prose>
      </div>
      <div className="try">
        <div className="grid">
          <Wishes example={example} onChange={setExample} />
          <Takes example={example} onChange={setExample} />
        </div>
        <Outcome example={example} />
        <div>
          <Button variant="outline" onClick={() => setExample(START)}>
            {t('how.reset')}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}

type Edit = Readonly<{ example: Example; onChange: (example: Example) => void }>;

function Wishes({ example, onChange }: Edit) {
  const choose = (learner: LearnerName, place: number, wanted: VacancyName | ''): void => {
    const before = example.wishes[learner];
    const without = before.filter((vacancy, index) => index !== place && vacancy !== wanted);
    const next = wanted === '' ? before.slice(0, place) : [...without.slice(0, place), wanted, ...without.slice(place)];
    onChange({ ...example, wishes: { ...example.wishes, [learner]: next } });
  };
  return (
    <fieldset>
      <legend>{t('how.learners')}</legend>
      {LEARNERS.map((learner) => (
        <div key={learner} className="try__row">
          <span className="try__who">{t(`how.names.${learner}`)}</span>
          {VACANCIES.slice(0, Math.min(VACANCIES.length, example.wishes[learner].length + 1)).map((_, place) => (
            <select key={place} aria-label={t('how.choice', { who: t(`how.names.${learner}`), place: place + 1 })} value={example.wishes[learner][place] ?? ''} onChange={(event) => choose(learner, place, event.target.value as VacancyName | '')}>
              <option value="">{t('how.none')}</option>
              {VACANCIES.map((vacancy) => (
                <option key={vacancy} value={vacancy}>
                  {t(`how.names.${vacancy}`)}
                </option>
              ))}
            </select>
          ))}
        </div>
      ))}
    </fieldset>
  );
}

function Takes({ example, onChange }: Edit) {
  const rankOf = (vacancy: VacancyName, learner: LearnerName): number => example.takes[vacancy].findIndex((group) => group.includes(learner)) + 1;
  const rank = (vacancy: VacancyName, learner: LearnerName, wanted: number): void => {
    const ranks = new Map(LEARNERS.map((each) => [each, each === learner ? wanted : rankOf(vacancy, each)]));
    const groups = [1, 2, 3, 4].map((place) => LEARNERS.filter((each) => ranks.get(each) === place)).filter((group) => group.length > 0);
    onChange({ ...example, takes: { ...example.takes, [vacancy]: groups } });
  };
  return (
    <fieldset>
      <legend>{t('how.vacancies')}</legend>
      {VACANCIES.map((vacancy) => (
        <div key={vacancy} className="try__row">
          <span className="try__who">{t(`how.names.${vacancy}`)}</span>
          <input type="number" min={0} max={4} aria-label={t('how.openings', { name: t(`how.names.${vacancy}`) })} value={example.openings[vacancy]} onChange={(event) => onChange({ ...example, openings: { ...example.openings, [vacancy]: Math.max(0, Math.min(4, Number(event.target.value) || 0)) } })} />
          {LEARNERS.map((learner) => (
            <label key={learner} className="small">
              {t(`how.names.${learner}`)}{' '}
              <select aria-label={t('how.takes', { name: t(`how.names.${vacancy}`), place: t(`how.names.${learner}`) })} value={rankOf(vacancy, learner)} onChange={(event) => rank(vacancy, learner, Number(event.target.value))}>
                <option value={0}>–</option>
                {[1, 2, 3, 4].map((place) => (
                  <option key={place} value={place}>
                    {place}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
      ))}
      <label className="try__row">
        <span className="try__who">{t('how.lottery')}</span>
        <input type="number" value={example.seed} onChange={(event) => onChange({ ...example, seed: event.target.value })} />
        <span className="small soft">{t('how.lotteryNote')}</span>
      </label>
    </fieldset>
  );
}

function Outcome({ example }: Readonly<{ example: Example }>) {
  const { result, violations, reasons } = useMemo(() => {
    const solved = solveExample(example);
    const explainer = openExplainer(instanceOf(example), solved.result, digest);
    return { ...solved, reasons: new Map(LEARNERS.map((learner) => [learner, explainer.learner(learner).reasons])) };
  }, [example]);
  const placed = LEARNERS.filter((learner) => result.matching?.[learner] != null);
  return (
    <section className="sheet stack stack--tight" aria-labelledby="outcome">
      <h2 id="outcome">{t('how.result')}</h2>
      <p role="status">{t('how.changed', { count: placed.length, all: LEARNERS.length })}</p>
      <ul className="plain try__outcome">
        {LEARNERS.map((learner) => {
          const got = result.matching?.[learner] as VacancyName | null | undefined;
          const name = t(`how.names.${learner}`);
          return (
            <li key={learner}>
              <strong>{got == null ? t('how.unmatched', { learner: name }) : t('how.got', { learner: name, vacancy: t(`how.names.${got}`), rank: example.wishes[learner].indexOf(got) + 1 })}</strong>
              {(reasons.get(learner) ?? []).map((reason) => (
                <div key={reason.vacancy} className="soft">
                  {t('how.because', { vacancy: t(`how.names.${reason.vacancy as VacancyName}`), why: t(`how.why.${reason.kind}`) })}
                </div>
              ))}
            </li>
          );
        })}
      </ul>
      <Notice kind={violations.length === 0 ? 'done' : 'wrong'}>{violations.length === 0 ? t('how.checked') : t('how.broken', { why: violations[0] ?? '' })}</Notice>
    </section>
  );
}
