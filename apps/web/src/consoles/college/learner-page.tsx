import { useQuery } from '@apollo/client/react';
import { Link, useParams } from '@tanstack/react-router';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { gateViews, termViews } from '../../parts/suggestion-view.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Notice } from '../../ui/notice.js';
import { ScoreBar } from '../../ui/score-bar.js';
import { WhyPanel } from '../../ui/why-panel.js';
import { showDate, showInstant } from '../../words/format.js';
import { LEARNER, LEARNER_OFFERS, LEARNER_ROUND, LEARNER_ROUNDS, type CollegeLearner } from './documents.js';
import { reasonWords, whyUnplaced } from './why-unplaced.js';
import { t } from './words.js';

/** One learner as their provider sees them: profile, why not placed, matches with reasons, ranking and outcome by round. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string };
  const result = useQuery(LEARNER, { variables: { id } });
  const learner = result.data?.learner;
  return (
    <Sheet title={learner === undefined || learner === null ? t('board.who') : `${learner.givenName} ${learner.familyName}`} lead={learner?.qualification?.title} wide>
      <Loaded result={result} what={t('board.who')}>
        {() =>
          learner === null || learner === undefined ? (
            <EmptyState title={t('one.gone')} why={t('one.goneWhy')} act={<Link to="/cohorts">{t('one.back')}</Link>} />
          ) : (
            <div className="two-thirds">
              <div className="stack">
                <Why learner={learner} />
                <InRounds learnerId={learner.id} />
                <Matches learner={learner} />
              </div>
              <Facts learner={learner} />
            </div>
          )
        }
      </Loaded>
    </Sheet>
  );
}

function Why({ learner }: Readonly<{ learner: CollegeLearner }>) {
  const kind = whyUnplaced(learner);
  if (kind === null) return null;
  return (
    <Notice kind="beware">
      <h2>{t('one.why')}</h2>
      <p>
        <strong>{reasonWords(kind, learner)}</strong>
      </p>
      <p>{t(`unplaced.act.${kind}`)}</p>
    </Notice>
  );
}

function Facts({ learner }: Readonly<{ learner: CollegeLearner }>) {
  const facts: readonly (readonly [string, string])[] = [
    [t('one.facts.stage'), learner.stage === null ? '–' : t(`stages.${learner.stage}`)],
    [t('one.facts.area'), learner.outcode ?? t('one.notGiven')],
    [t('one.facts.travel'), learner.travelModes.length === 0 ? t('one.notGiven') : t('one.travel', { minutes: learner.maxTravelMinutes, modes: learner.travelModes.map((mode) => t(`modes.${mode}`)).join(', ') })],
    [t('one.facts.free'), learner.availability === null ? t('one.notGiven') : t('one.free', { from: showDate(learner.availability.from), to: showDate(learner.availability.to), hours: learner.availability.hoursPerWeek })],
    [t('one.facts.hours'), String(learner.requiredHours ?? '–')],
    [t('one.facts.skills'), learner.skills.map(({ skill }) => skill?.label ?? '').filter(Boolean).join(', ') || t('one.notGiven')],
  ];
  return (
    <aside className="sheet stack">
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Offers learnerId={learner.id} />
    </aside>
  );
}

function Offers({ learnerId }: Readonly<{ learnerId: string }>) {
  const { data } = useQuery(LEARNER_OFFERS, { variables: { id: learnerId } });
  const offers = data?.learner?.proposals.nodes ?? [];
  if (offers.length === 0) return null;
  return (
    <>
      <h2>{t('one.proposals')}</h2>
      <ul className="plain">
        {offers.map((proposal) => (
          <li key={proposal.id}>{t('one.proposal', { name: proposal.vacancy?.title ?? '', state: t(`one.states.${proposal.state}`, { reason: proposal.declineReason ?? '' }) })}</li>
        ))}
      </ul>
    </>
  );
}

function InRounds({ learnerId }: Readonly<{ learnerId: string }>) {
  const { data } = useQuery(LEARNER_ROUNDS);
  return data?.rounds.nodes.map((round) => <InRound key={round.id} roundId={round.id} name={round.name} learnerId={learnerId} />);
}

function InRound({ roundId, name, learnerId }: Readonly<{ roundId: string; name: string; learnerId: string }>) {
  const { data } = useQuery(LEARNER_ROUND, { variables: { roundId, learnerId } });
  if (data === undefined) return null;
  const { learnerPreference: preference, outcome } = data;
  return (
    <section className="stack stack--tight">
      <h2>{t('one.ranking', { round: name })}</h2>
      {preference === null ? (
        <p>{t('one.noRanking', { round: name })}</p>
      ) : (
        <>
          <ol>
            {preference.groups.map((group) => (
              <li key={group.rank}>{group.vacancies.map((vacancy) => vacancy?.title ?? '–').join(' = ')}</li>
            ))}
          </ol>
          <p className="small soft">
            {showInstant(preference.submittedAt)} · <code>{preference.receipt.slice(0, 16)}</code>
          </p>
        </>
      )}
      {outcome !== null && (
        <>
          <h3>{t('one.outcome', { round: name })}</h3>
          <p>{outcome.vacancy === null || outcome.rank === null ? t('one.unmatched') : t('one.got', { rank: outcome.rank, name: outcome.vacancy.title })}</p>
          {outcome.withheld && <p>{t('one.withheld', { reason: outcome.withheldReason ?? '' })}</p>}
          <ul>
            {outcome.reasons.map((reason, index) => (
              <li key={index}>
                {reason.vacancy?.title}: {reason.message} {reason.remedy}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Matches({ learner }: Readonly<{ learner: CollegeLearner }>) {
  const [best, ...others] = learner.bestSuggestions;
  return (
    <section className="stack" aria-labelledby="matches">
      <h2 id="matches">{t('one.matches')}</h2>
      {best === undefined ? (
        <p>{t('one.noMatches')}</p>
      ) : (
        <>
          <h3>
            {best.vacancy?.title} · {best.vacancy?.employer.name}
          </h3>
          <WhyPanel score={best.score} terms={termViews(best.terms)} gates={gateViews(best.gates)} proof={best} />
          {others.map((suggestion) => (
            <div key={suggestion.id}>
              <p>
                {suggestion.vacancy?.title} · {suggestion.vacancy?.employer.name}
              </p>
              <ScoreBar score={suggestion.score} parts={termViews(suggestion.terms)} />
            </div>
          ))}
        </>
      )}
    </section>
  );
}
