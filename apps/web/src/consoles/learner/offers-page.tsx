import { useQuery } from '@apollo/client/react';
import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { announce } from '../../parts/announce.js';
import { newKey, useCommand } from '../../parts/command.js';
import { CommandFaults } from '../../parts/command-faults.js';
import type { ResultOf } from '../../gql/graphql.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { DeadlineClock } from '../../ui/deadline-clock.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Notice } from '../../ui/notice.js';
import { showDate, showInstant } from '../../words/format.js';
import { t as core } from '../../words/core.js';
import { ACCEPT, DECLINE, MY_OFFERS, MY_OUTCOME, MY_ROUNDS, type Offer } from './documents.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

export function Page() {
  const result = useQuery(MY_OFFERS);
  const rounds = useQuery(MY_ROUNDS);
  return (
    <Sheet title={t('offers.title')} lead={lead('offers')}>
      <Loaded result={result} what={t('offers.title')}>
        {({ proposals }) => (
          <div className="stack">
            {proposals.nodes.length === 0 && <EmptyState title={t('offers.none')} why={t('offers.noneWhy')} />}
            {proposals.nodes.map((offer) => (
              <OfferCard key={offer.id} offer={offer} />
            ))}
          </div>
        )}
      </Loaded>
      <Loaded result={rounds} what={t('offers.why')}>
        {({ rounds: { nodes } }) => nodes.filter((round) => round.state === 'PUBLISHED').map((round) => <OutcomeOf key={round.id} roundId={round.id} name={round.name} />)}
      </Loaded>
    </Sheet>
  );
}

function OfferCard({ offer }: Readonly<{ offer: Offer }>) {
  const accept = useCommand(ACCEPT);
  const decline = useCommand(DECLINE, (path) => (path.at(-1) === 'reason' ? 'decline-reason' : undefined));
  const [asking, setAsking] = useState<'accept' | 'decline' | null>(null);
  const [reason, setReason] = useState('');
  const name = offer.vacancy?.title ?? offer.round.name;
  const handle = { proposalId: offer.id, version: offer.version };
  const close = (): void => setAsking(null);
  const sayYes = async (): Promise<void> => {
    if ((await accept.send({ input: { ...handle, idempotencyKey: newKey() } })) === null) return;
    close();
    announce(t('offers.accepted', { name }));
  };
  const sayNo = async (): Promise<void> => {
    if ((await decline.send({ input: { ...handle, idempotencyKey: newKey(), reason } })) === null) return;
    close();
    announce(t('offers.declined', { name }));
  };
  return (
    <article className="sheet stack stack--tight">
      <h2>{name}</h2>
      {offer.vacancy !== null && (
        <p>
          {[offer.vacancy.employer.name, offer.vacancy.campus?.name].filter(Boolean).join(' · ')}
          <br />
          {t('offers.dates', { from: showDate(offer.vacancy.startsOn), to: showDate(offer.vacancy.endsOn) })}
        </p>
      )}
      <p>
        <strong>{t(`offers.states.${offer.state}`)}</strong>
        {offer.answeredAt !== null && ` · ${t('offers.answered', { when: showInstant(offer.answeredAt) })}`}
      </p>
      {offer.declineReason !== null && <p className="soft">{t('offers.yourReason', { reason: offer.declineReason })}</p>}
      {offer.state === 'PROPOSED' && (
        <>
          <DeadlineClock at={offer.replyBy} what={t('offers.answer')} />
          <div className="row">
            <Button onClick={() => setAsking('accept')}>{t('offers.accept')}</Button>
            <Button variant="outline" onClick={() => setAsking('decline')}>
              {t('offers.decline')}
            </Button>
          </div>
        </>
      )}
      <Modal opened={asking !== null} onClose={close} title={asking === 'accept' ? t('offers.acceptSure', { name }) : t('offers.decline')} closeButtonProps={{ 'aria-label': core('close') }}>
        {asking === 'accept' ? (
          <div className="stack">
            <CommandFaults command={accept} />
            <p>{t('offers.acceptWhat')}</p>
            <div className="row">
              <Button onClick={() => void sayYes()} loading={accept.sending}>
                {t('offers.accept')}
              </Button>
              <Button variant="subtle" onClick={close}>
                {core('cancel')}
              </Button>
            </div>
          </div>
        ) : (
          <div className="stack">
            <CommandFaults command={decline} />
            <p>{t('offers.declineWhat')}</p>
            <Textarea id="decline-reason" label={t('offers.reason')} description={t('offers.reasonNote')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={2} />
            <div className="row">
              <Button color="brick" onClick={() => void sayNo()} loading={decline.sending}>
                {t('offers.decline')}
              </Button>
              <Button variant="subtle" onClick={close}>
                {core('cancel')}
              </Button>
            </div>
          </div>
        )}
      </Modal>
    </article>
  );
}

function OutcomeOf({ roundId, name }: Readonly<{ roundId: string; name: string }>) {
  const result = useQuery(MY_OUTCOME, { variables: { roundId } });
  return (
    <Loaded result={result} what={t('offers.why')}>
      {({ outcome }) => outcome !== null && <Outcome outcome={outcome} name={name} />}
    </Loaded>
  );
}

function Outcome({ outcome, name }: Readonly<{ outcome: NonNullable<ResultOf<typeof MY_OUTCOME>['outcome']>; name: string }>) {
  return (
    <section className="stack stack--tight" aria-label={`${t('offers.why')}: ${name}`}>
      <h2>{t('offers.why')}</h2>
      <p className="soft">{name}</p>
      <p>{outcome.vacancy === null || outcome.rank === null ? t('offers.unmatched') : t('offers.got', { rank: outcome.rank, name: outcome.vacancy.title })}</p>
      {outcome.withheld && <Notice kind="beware">{t('offers.withheld', { reason: outcome.withheldReason ?? '' })}</Notice>}
      <ol className="stack stack--tight">
        {outcome.reasons.map((reason, index) => (
          <li key={reason.vacancy?.id ?? index}>
            {t('offers.not', { name: reason.vacancy?.title ?? '', why: reason.message })}
            {reason.remedy !== '' && <div className="soft">{reason.remedy}</div>}
          </li>
        ))}
      </ol>
      <p className="small soft">
        {t('offers.best')} {t('offers.contest')}
      </p>
    </section>
  );
}
