import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { announce } from '../../parts/announce.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { newKey, useCommand } from '../../parts/command.js';
import { Loaded } from '../../parts/loaded.js';
import type { Question } from '../../parts/question-documents.js';
import { partsOf, QuestionCard, WHOLE } from '../../parts/question-view.js';
import { Notice } from '../../ui/notice.js';
import type { MatchCard } from './documents.js';
import { CONTEST, MY_QUESTIONS, WITHDRAW_QUESTION } from './question-documents.js';
import { t } from './words-questions.js';

const MOST = 50;
const LOOK_MS = 2_000;
const FIELDS: Readonly<Record<string, string>> = { words: 'question-words', code: 'question-part', part: 'question-part' };

/** Putting own data right, asking a person, and what became of what was asked before. */
export function Questions({ card, vacancyId, links }: Readonly<{ card: MatchCard; vacancyId: string; links: readonly Readonly<{ to: string; name: string }>[] }>) {
  const result = useQuery(MY_QUESTIONS, { variables: { first: MOST } });
  const { startPolling, stopPolling } = result;
  // The score after an answer comes from the worker a moment later.
  const computing = result.data?.scoreChallenges.nodes.some(({ state, after }) => after === null && ['CORRECTED', 'UPHELD', 'NOT_UPHELD'].includes(state)) ?? false;
  useEffect(() => {
    if (computing) startPolling(LOOK_MS);
    return stopPolling;
  }, [computing, startPolling, stopPolling]);
  return (
    <>
      <Notice>
        <div className="stack stack--tight">
          <h3>{t('wrong')}</h3>
          <p>{t('own')}</p>
          <div className="row">
            {links.map(({ to, name }) => (
              <Link key={to} to={to}>
                {name}
              </Link>
            ))}
          </div>
          <p>{t('ask')}</p>
          <Ask card={card} vacancyId={vacancyId} onSent={() => void result.refetch()} />
        </div>
      </Notice>
      <Loaded result={result} what={t('mine')}>
        {({ scoreChallenges }) => {
          const mine = scoreChallenges.nodes.filter(({ vacancy }) => vacancy?.id === vacancyId);
          return (
            mine.length > 0 && (
              <section className="stack stack--tight" aria-label={t('mine')}>
                {mine.map((question) => (
                  <QuestionCard key={question.id} question={question}>
                    <Withdraw question={question} />
                  </QuestionCard>
                ))}
              </section>
            )
          );
        }}
      </Loaded>
    </>
  );
}

function Ask({ card, vacancyId, onSent }: Readonly<{ card: MatchCard; vacancyId: string; onSent: () => void }>) {
  const command = useCommand(CONTEST, (path) => FIELDS[path.at(-1) ?? '']);
  const [about, setAbout] = useState(WHOLE);
  const [words, setWords] = useState('');
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const [part, code] = about.split(' ') as ['WHOLE' | 'TERM' | 'GATE', string | undefined];
    const done = await command.send({ input: { idempotencyKey: newKey(), vacancyId, part, words, ...(code !== undefined && { code }) } });
    if (done === null) return;
    setWords('');
    announce(t('sent'));
    onSent();
  };
  return (
    <form className="stack stack--tight" onSubmit={(event) => void send(event)} noValidate>
      <CommandFaults command={command} />
      <NativeSelect id="question-part" label={t('part')} value={about} onChange={(event) => setAbout(event.currentTarget.value)} data={[...partsOf(card)]} />
      <Textarea id="question-words" label={t('words')} description={t('wordsNote')} value={words} onChange={(event) => setWords(event.currentTarget.value)} autosize minRows={2} maxLength={2_000} />
      <div>
        <Button type="submit" variant="outline" loading={command.sending}>
          {t('send')}
        </Button>
      </div>
    </form>
  );
}

function Withdraw({ question }: Readonly<{ question: Question }>) {
  const command = useCommand(WITHDRAW_QUESTION);
  const takeBack = async (): Promise<void> => {
    if ((await command.send({ input: { challengeId: question.id, version: question.version } })) !== null) announce(t('withdrawn'));
  };
  return (
    <>
      <CommandFaults command={command} />
      <div>
        <Button variant="subtle" onClick={() => void takeBack()} loading={command.sending}>
          {t('withdraw')}
        </Button>
      </div>
    </>
  );
}
