import { useQuery, useSubscription } from '@apollo/client/react';
import { Button, Textarea } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { announce } from '../../parts/announce.js';
import { useCommand } from '../../parts/command.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { DeadlineClock } from '../../ui/deadline-clock.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Line, type Stop } from '../../ui/line.js';
import { Notice } from '../../ui/notice.js';
import { showInstant } from '../../words/format.js';
import { CALL_OFF, FREEZE_ROUND, PROGRESS, PUBLISH_ROUND, ROUND_BY_ID, SOLVE_ROUND, type RunRound } from './documents.js';
import { DryRuns } from './dry-runs.js';
import { RoundResult } from './round-result.js';
import { VerifyHere } from './verify-here.js';
import { WorkUnderWay } from './work-under-way.js';
import { t } from './words.js';

const WAY = ['OPEN', 'FROZEN', 'SOLVED', 'PUBLISHED'] as const;
/** How far along the way a state stands. */
const AT: Readonly<Record<RunRound['state'], number>> = { OPEN: 0, FROZEN: 1, SOLVING: 1, FAILED: 1, SOLVED: 2, PUBLISHED: 3 };

/** One round: where it stands, the one next step, its progress as it happens, its result, its certificate. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string };
  const result = useQuery(ROUND_BY_ID, { variables: { id } });
  const round = result.data?.round;
  const token = useRef<string | null>(null);
  // The event carries the round itself: the cache takes it, and every part of the page follows.
  useSubscription(PROGRESS, { variables: { roundId: id, after: token.current }, onData: ({ data }) => (token.current = data.data?.roundProgress.resumeToken ?? token.current) });
  return (
    <Sheet title={round?.name ?? t('rounds.title')} lead={round === undefined || round === null ? undefined : t(`states.${round.state}`)} wide>
      <Loaded result={result} what={t('rounds.title')}>
        {() => (round === null || round === undefined ? <EmptyState title={t('round.gone')} why={t('round.goneWhy')} act={<Link to="/rounds">{t('round.back')}</Link>} /> : <Round round={round} />)}
      </Loaded>
    </Sheet>
  );
}

function Round({ round }: Readonly<{ round: RunRound }>) {
  const at = AT[round.state];
  const stops = WAY.map<Stop>((stop, index) => ({ key: stop, name: t(`way.${stop}`), state: index < at ? 'past' : index === at ? (round.state === 'FAILED' ? 'stopped' : 'now') : 'next' }));
  return (
    <>
      <Line label={round.name} stops={stops} words={{ past: t('words.past'), now: t('words.now'), next: t('words.next'), stopped: t('words.stopped') }} />
      <div className="two-thirds">
        <div className="stack">
          <NextStep round={round} />
          {['FROZEN', 'FAILED', 'SOLVING', 'SOLVED'].includes(round.state) && <DryRuns round={round} />}
          {(round.state === 'SOLVED' || round.state === 'PUBLISHED') && <RoundResult round={round} />}
        </div>
        <Certificate round={round} />
      </div>
    </>
  );
}

function NextStep({ round }: Readonly<{ round: RunRound }>) {
  const freeze = useCommand(FREEZE_ROUND);
  const solve = useCommand(SOLVE_ROUND);
  const callOff = useCommand(CALL_OFF);
  const handle = { roundId: round.id, version: round.version };
  // Asked for and not begun yet is under way too.
  const underWay = round.state === 'SOLVING' || (round.state === 'FROZEN' && round.solveAskedAt !== null);
  const known = round.dryRuns.find(({ tookMs }) => tookMs !== null)?.tookMs ?? null;
  return (
    <section className="sheet stack" aria-labelledby="next">
      <h2 id="next">{t('round.next')}</h2>
      <CommandFaults command={freeze} />
      <CommandFaults command={solve} />
      <CommandFaults command={callOff} />
      {round.state === 'OPEN' && (
        <>
          <DeadlineClock at={round.rules.preferencesCloseAt} what={t('rounds.closes')} />
          <p>{t('round.freezeWhat')}</p>
          <div>
            <Button loading={freeze.sending} onClick={() => void freeze.send({ input: handle })}>
              {t('round.freeze')}
            </Button>
          </div>
        </>
      )}
      {round.failure !== null && <Notice kind="wrong">{t('round.failure', { why: round.failure })}</Notice>}
      {(round.state === 'FROZEN' || round.state === 'FAILED') && !underWay && (
        <>
          <p>{t('round.solveWhat')}</p>
          <div>
            <Button loading={solve.sending} onClick={() => void solve.send({ input: handle })}>
              {t(round.state === 'FAILED' ? 'round.solveAgain' : 'round.solve')}
            </Button>
          </div>
        </>
      )}
      {underWay && <WorkUnderWay label={t('round.progress')} stage={round.stage} since={round.solveAskedAt} expectedMs={known} onCancel={() => void callOff.send({ input: handle })} cancelling={callOff.sending} />}
      {round.state === 'SOLVED' && (round.mayPublish ? <Publish round={round} /> : <Notice kind="know">{t('round.secondPerson')}</Notice>)}
      {round.state === 'PUBLISHED' && round.publishedAt !== null && <Notice kind="done">{t('round.publishedAt', { when: showInstant(round.publishedAt), reason: round.publishReason ?? '' })}</Notice>}
    </section>
  );
}

function Publish({ round }: Readonly<{ round: RunRound }>) {
  const publish = useCommand(PUBLISH_ROUND, (path) => (path.at(-1) === 'reason' ? 'publish-reason' : undefined));
  const [reason, setReason] = useState('');
  const send = async (): Promise<void> => {
    if ((await publish.send({ input: { roundId: round.id, version: round.version, reason } })) !== null) announce(t('round.published', { name: round.name }));
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <CommandFaults command={publish} />
      <p>{t('round.publishWhat')}</p>
      <Textarea id="publish-reason" label={t('round.reason')} description={t('round.reasonNote')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={2} />
      <div>
        <Button type="submit" loading={publish.sending}>
          {t('round.publish')}
        </Button>
      </div>
    </form>
  );
}

function Certificate({ round }: Readonly<{ round: RunRound }>) {
  return (
    <aside className="sheet stack">
      <h2>{t('round.rules')}</h2>
      <dl className="stack stack--tight" style={{ margin: 0 }}>
        <Row name={t('round.facts.mode')}>{`${t(`modes.${round.rules.mode}`)}. ${t(`promises.${round.rules.mode}`)}`}</Row>
        {round.rules.objective !== null && <Row name={t('round.objective')}>{t(`objectives.${round.rules.objective}`)}</Row>}
        {round.previousRound !== null && <Row name={t('round.previous')}>{round.previousRound.name}</Row>}
        <Row name={t('round.facts.closes')}>{showInstant(round.rules.preferencesCloseAt)}</Row>
        <Row name={t('round.facts.reply')}>{showInstant(round.rules.replyBy)}</Row>
        <Row name={t('round.facts.commitment')}>
          <code>{round.rules.lotteryCommitment}</code>
        </Row>
        <Row name={t('round.facts.attempt')}>{round.attempt}</Row>
        {round.certificate !== null && (
          <>
            <Row name={t('round.facts.check')}>{round.certificate.valid ? t('round.checked') : '–'}</Row>
            <Row name={t('round.facts.input')}>
              <code>{round.certificate.inputHash}</code>
            </Row>
            <Row name={t('round.facts.policy')}>
              <code>{round.certificate.policyVersion}</code>
            </Row>
          </>
        )}
      </dl>
      {round.filePath !== null && <VerifyHere path={round.filePath} />}
    </aside>
  );
}

function Row({ name, children }: Readonly<{ name: string; children: React.ReactNode }>) {
  return (
    <div>
      <dt className="soft small">{name}</dt>
      <dd style={{ margin: 0 }}>{children}</dd>
    </div>
  );
}
