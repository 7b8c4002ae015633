import { useQuery } from '@apollo/client/react';
import { Button, Radio, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { announce } from '../../parts/announce.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { useCommand } from '../../parts/command.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { isOpen, QuestionCard } from '../../parts/question-view.js';
import { EmptyState } from '../../ui/empty-state.js';
import { DECIDE, QUESTIONS, TAKE_UP, type QuestionRow } from './question-documents.js';
import { lead } from '../../words/leads.js';
import { t } from './words-questions.js';

const MOST = 50;

/** What learners say is wrong with a score: taken up and decided by a named person, with a reason, in time. */
export function Page() {
  const result = useQuery(QUESTIONS, { variables: { first: MOST } });
  return (
    <Sheet title={t('title')} lead={lead('questions')}>
      <Loaded result={result} what={t('title')}>
        {({ scoreChallenges: { nodes } }) => (nodes.length === 0 ? <EmptyState title={t('none')} why={t('noneWhy')} /> : <Both rows={nodes} />)}
      </Loaded>
    </Sheet>
  );
}

function Both({ rows }: Readonly<{ rows: readonly QuestionRow[] }>) {
  const open = rows.filter(isOpen);
  const answered = rows.filter((row) => !isOpen(row));
  return (
    <>
      <section className="stack" aria-labelledby="open-questions">
        <h2 id="open-questions">{t('open')}</h2>
        {open.length === 0 && <p>{t('nothingOpen')}</p>}
        {open.map((row) => (
          <QuestionCard key={row.id} question={row} about={<About row={row} />}>
            {row.state === 'RAISED' && <TakeUp row={row} />}
            <Decide row={row} />
          </QuestionCard>
        ))}
      </section>
      {answered.length > 0 && (
        <section className="stack" aria-labelledby="answered-questions">
          <h2 id="answered-questions">{t('answered')}</h2>
          {answered.map((row) => (
            <QuestionCard key={row.id} question={row} about={<About row={row} />} />
          ))}
        </section>
      )}
    </>
  );
}

function About({ row: { learner, vacancy } }: Readonly<{ row: QuestionRow }>) {
  const words = t('about', { learner: learner === null ? t('someone') : `${learner.givenName} ${learner.familyName}`, vacancy: vacancy?.title ?? t('vacancy') });
  return (
    <p>
      {learner === null ? (
        words
      ) : (
        <Link to="/learners/$id" params={{ id: learner.id } as never}>
          {words}
        </Link>
      )}
    </p>
  );
}

function TakeUp({ row }: Readonly<{ row: QuestionRow }>) {
  const command = useCommand(TAKE_UP);
  const send = async (): Promise<void> => {
    if ((await command.send({ input: { challengeId: row.id, version: row.version } })) !== null) announce(t('takenUp'));
  };
  return (
    <>
      <CommandFaults command={command} />
      <div>
        <Button onClick={() => void send()} loading={command.sending}>
          {t('takeUp')}
        </Button>
      </div>
    </>
  );
}

function Decide({ row }: Readonly<{ row: QuestionRow }>) {
  const field = `reason-${row.id}`;
  const command = useCommand(DECIDE, () => field);
  const [decision, setDecision] = useState('NOT_UPHELD');
  const [reason, setReason] = useState('');
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const done = await command.send({ input: { challengeId: row.id, version: row.version, decision: decision === 'UPHELD' ? 'UPHELD' : 'NOT_UPHELD', reason } });
    if (done !== null) announce(t('decided'));
  };
  return (
    <details>
      <summary>{t('decide')}</summary>
      <form className="stack stack--tight" onSubmit={(event) => void send(event)} noValidate>
        <CommandFaults command={command} />
        <Radio.Group label={t('decision')} value={decision} onChange={setDecision}>
          <div className="row">
            <Radio value="NOT_UPHELD" label={t('notUpheld')} />
            <Radio value="UPHELD" label={t('upheld')} />
          </div>
        </Radio.Group>
        <p className="soft">{t('record')}</p>
        <Textarea id={field} label={t('reason')} description={t('reasonNote')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={2} maxLength={2_000} />
        <div>
          <Button type="submit" loading={command.sending}>
            {t('send')}
          </Button>
        </div>
      </form>
    </details>
  );
}
