import { Button, Textarea } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { DiffTable, type Difference } from '../ui/diff-table.js';
import { showInstant, showPoints } from '../words/format.js';
import { t as core } from '../words/core.js';
import { announce } from './announce.js';
import { CommandFaults } from './command-faults.js';
import { newKey, useCommand } from './command.js';
import { ADD_TO_QUESTION, type Question, type QuestionedScore } from './question-documents.js';
import { t } from './question-words.js';
import { gateViews, termViews } from './suggestion-view.js';

export const WHOLE = 'WHOLE';

/** What a score is made of, as it can be pointed at: the whole, an addend, a rule. */
export const partsOf = (card: Pick<QuestionedScore, 'terms' | 'gates'>): readonly Readonly<{ value: string; label: string }>[] => [
  { value: WHOLE, label: t('whole') },
  ...termViews(card.terms).map(({ code, name }) => ({ value: `TERM ${code}`, label: t('term', { name }) })),
  ...gateViews(card.gates).map(({ code, name }) => ({ value: `GATE ${code}`, label: t('gate', { name }) })),
];

const OPEN: readonly Question['state'][] = ['RAISED', 'ACKNOWLEDGED'];
/** Whether somebody can still say something about it. */
export const isOpen = ({ state }: Pick<Question, 'state'>): boolean => OPEN.includes(state);

/** One question: where it stands, who said what, and both versions of the score; below it what this side can do. */
export function QuestionCard({ question, about, children }: Readonly<{ question: Question; about?: ReactNode; children?: ReactNode }>) {
  const { before, part, code, state, notes } = question;
  const until = state === 'RAISED' ? question.acknowledgeBy : question.decideBy;
  return (
    <article className="sheet stack stack--tight">
      <h3>{partsOf(before).find(({ value }) => value === [part, code].filter(Boolean).join(' '))?.label ?? t('whole')}</h3>
      {about}
      <p dir="auto">{question.words}</p>
      <p className="soft">{t('asked', { when: showInstant(question.raisedAt) })}</p>
      <p>
        <strong>{t(`states.${state}`, { until: showInstant(until), name: question.decidedName ?? question.acknowledgedName ?? '' })}</strong>
      </p>
      {question.decisionReason !== null && <p dir="auto">{t('reason', { reason: question.decisionReason })}</p>}
      {notes.length > 0 && (
        <ul className="plain stack stack--tight">
          {notes.map((note) => (
            <li key={note.at} dir="auto">
              {t('note', { name: note.name, when: showInstant(note.at), words: note.words })}
            </li>
          ))}
        </ul>
      )}
      <DiffTable caption={t('versions')} differences={differencesOf(question)} names={{ yours: t('before'), theirs: t('after') }} />
      {isOpen(question) && (
        <>
          <Add question={question} />
          {children}
        </>
      )}
    </article>
  );
}

function Add({ question }: Readonly<{ question: Question }>) {
  const id = `add-${question.id}`;
  const command = useCommand(ADD_TO_QUESTION, () => id);
  const [words, setWords] = useState('');
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if ((await command.send({ input: { challengeId: question.id, idempotencyKey: newKey(), words } })) === null) return;
    setWords('');
    announce(t('added'));
  };
  return (
    <details>
      <summary>{t('add')}</summary>
      <form className="stack stack--tight" onSubmit={(event) => void send(event)} noValidate>
        <CommandFaults command={command} />
        <Textarea id={id} label={t('addWords')} value={words} onChange={(event) => setWords(event.currentTarget.value)} autosize minRows={2} maxLength={2_000} />
        <div>
          <Button type="submit" variant="outline" loading={command.sending}>
            {t('addSend')}
          </Button>
        </div>
      </form>
    </details>
  );
}

/** The whole score, what was questioned, and every other part that came out differently. */
function differencesOf({ before, after, code }: Question): readonly Difference[] {
  const pending = t('notYet');
  const points = (version: QuestionedScore | null, term: string): string => {
    const found = version?.terms.find((each) => each.code === term);
    return found === undefined ? pending : showPoints(found.contribution);
  };
  const terms = termViews(before.terms).filter((term) => term.code === code || (after !== null && points(after, term.code) !== points(before, term.code)));
  const states = (version: QuestionedScore | null, gate: string): string => {
    const found = version?.gates.find((each) => each.code === gate);
    return found === undefined ? pending : core(`gates.${found.state}`);
  };
  const gates = gateViews(before.gates).filter((gate) => gate.code === code || (after !== null && states(after, gate.code) !== states(before, gate.code)));
  return [
    { field: t('score'), yours: showPoints(before.score), theirs: after === null ? pending : showPoints(after.score) },
    ...terms.map((term) => ({ field: term.name, yours: points(before, term.code), theirs: points(after, term.code) })),
    ...gates.map((gate) => ({ field: gate.name, yours: states(before, gate.code), theirs: states(after, gate.code) })),
  ];
}
