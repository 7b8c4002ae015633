import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { announce } from '../../parts/announce.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { gateViews, journeyOf, termViews } from '../../parts/suggestion-view.js';
import { GateDot } from '../../ui/gate-chip.js';
import { JourneyLine } from '../../ui/journey-line.js';
import { ScoreBar } from '../../ui/score-bar.js';
import { showDate, showPounds } from '../../words/format.js';
import type { MatchCard } from './documents.js';
import { useRanking } from './use-ranking.js';
import { t } from './words.js';
import './match-cards.css';

const FACT_SEPARATOR = ' · ';

/** Matches as cards: title and employer, score, journey, what is still to confirm, and two acts. */
export function MatchCards({ cards, limit, selected, level = 2 }: Readonly<{ cards: readonly MatchCard[]; limit: number; selected?: string | undefined; level?: 2 | 3 }>) {
  const ranking = useRanking();
  const place = (vacancyId: string): number => ranking.listed.findIndex((vacancy) => vacancy.id === vacancyId) + 1;
  const add = async (vacancy: Readonly<{ id: string; title: string }>): Promise<void> => {
    const ids = [...ranking.listed.map((each) => each.id), vacancy.id];
    if (await ranking.send(ids)) announce(t('matches.addedSaid', { name: vacancy.title, place: ids.length }));
  };
  return (
    <div className="stack">
      <CommandFaults command={ranking.command} />
      <ol className="plain cards">
        {cards.map((card) => card.vacancy !== null && <Card key={card.id} card={card} vacancy={card.vacancy} limit={limit} place={place(card.vacancy.id)} open={ranking.round?.state === 'OPEN'} sending={ranking.command.sending} selected={selected === card.id} level={level} onAdd={add} />)}
      </ol>
    </div>
  );
}

type Props = Readonly<{ card: MatchCard; vacancy: NonNullable<MatchCard['vacancy']>; limit: number; place: number; open: boolean; sending: boolean; selected: boolean; level: 2 | 3; onAdd: (vacancy: Readonly<{ id: string; title: string }>) => Promise<void> }>;

function Card({ card, vacancy, limit, place, open, sending, selected, level, onAdd }: Props) {
  const journey = journeyOf(card.terms);
  const Heading = level === 2 ? 'h2' : 'h3';
  const asks = gateViews(card.gates).filter((gate) => gate.state !== 'PASS');
  return (
    <li className={selected ? 'match match--selected' : 'match'} data-match={card.id} aria-current={selected ? 'true' : undefined}>
      <div className="match__what">
        <Heading className="match__title">
          <Link to="/matches/$id" params={{ id: card.id } as never}>
            {vacancy.title}
          </Link>
        </Heading>
        <p className="soft">{[vacancy.employer.name, vacancy.campus?.shortName].filter(Boolean).join(FACT_SEPARATOR)}</p>
        <p className="small">
          {[t('matches.starts', { date: showDate(vacancy.startsOn) }), vacancy.weekdays.map((day) => t(`shortDays.${day}`)).join(' '), t('matches.hours', { hours: vacancy.hoursPerWeek }), vacancy.hourlyPence === null ? t('matches.unpaid') : t('matches.paid', { amount: showPounds(vacancy.hourlyPence) })].join(FACT_SEPARATOR)}
        </p>
      </div>
      <div className="match__fit">
        <ScoreBar score={card.score} parts={termViews(card.terms)} />
        <JourneyLine minutes={journey?.minutes ?? null} limit={journey?.limit ?? limit} mode={journey?.mode ?? null} to={vacancy.campus?.shortName ?? ''} />
        <div className="row">{asks.length === 0 ? <GateDot name={t('matches.allMet')} state="PASS" /> : asks.map((gate) => <GateDot key={gate.code} name={gate.name} state={gate.state} />)}</div>
      </div>
      <div className="match__acts no-print">
        {place > 0 ? (
          <Link to="/rankings">{t('matches.added', { place })}</Link>
        ) : (
          open && (
            <Button variant="outline" disabled={sending} onClick={() => void onAdd(vacancy)} aria-label={`${t('matches.add')}: ${vacancy.title}`}>
              {t('matches.add')}
            </Button>
          )
        )}
        <Link to="/matches/$id" params={{ id: card.id } as never} aria-label={`${t('matches.why')}: ${vacancy.title}`}>
          {t('matches.why')}
        </Link>
      </div>
    </li>
  );
}
