import { useQuery } from '@apollo/client/react';
import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { TwinTable } from '../ui/chart-frame.js';
import { Line, type Stop } from '../ui/line.js';
import { Notice } from '../ui/notice.js';
import { t } from '../words/core.js';
import { showNumber } from '../words/format.js';
import { announce } from './announce.js';
import { useCommand } from './command.js';
import { CommandFaults } from './command-faults.js';
import { saveText } from './csv.js';
import { CHECK, START, TEMPLATE, type Seen } from './import-documents.js';
import { words } from './import-words.js';
import { FaultView } from './fault-view.js';
import { Loaded } from './loaded.js';

type Kind = 'LEARNERS' | 'VACANCIES' | 'ORGANISATIONS';
const STEPS = ['choose', 'check', 'store'] as const;
const MOST_BYTES = 10 * 1024 * 1024;
const SHOWN = 100;

/** A list from a file in three steps: handed in, read without storing anything, stored. What is wrong is told by row and column. */
export function ImportSteps({ kind }: Readonly<{ kind: Kind }>) {
  const template = useQuery(TEMPLATE, { variables: { kind } });
  const check = useCommand(CHECK);
  const start = useCommand(START);
  const [seen, setSeen] = useState<Seen | null>(null);
  const [name, setName] = useState('');
  const [partial, setPartial] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [refused, setRefused] = useState('');

  const take = async (file: File | undefined): Promise<void> => {
    setSeen(null);
    setError(null);
    setRefused('');
    if (file === undefined) return;
    setName(file.name);
    if (file.size > MOST_BYTES) return setRefused(words('tooLarge'));
    setBusy(true);
    try {
      const response = await fetch(`/imports/${kind.toLowerCase()}`, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'text/csv', 'x-meriden-csrf': '1' }, body: file });
      if (!response.ok) return setRefused(await said(response));
      const { uploadId, version } = (await response.json()) as { uploadId: string; version: number };
      const done = await check.send({ input: { uploadId, version } });
      if (done !== null) setSeen(done.run);
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(false);
    }
  };
  const store = async (): Promise<void> => {
    if (seen === null) return;
    const done = await start.send({ input: { uploadId: seen.id, version: seen.version, partial } });
    if (done === null) return;
    setSeen(done.run);
    announce(done.run.state === 'DONE' ? words('done', { count: done.run.report?.stored ?? 0 }) : words('refused'));
  };

  const at = seen === null ? 0 : seen.state === 'DONE' ? 3 : 1;
  const stops = STEPS.map<Stop>((step, index) => ({ key: step, name: words(`steps.${step}`), state: index < at ? 'past' : index === at ? 'now' : 'next' }));
  const report = seen?.report ?? null;
  return (
    <div className="stack">
      <Line label={words('way')} stops={stops} words={{ past: t('job.done'), now: words('now'), next: words('next'), stopped: words('now') }} />
      <section className="sheet stack" aria-labelledby="choose">
        <h2 id="choose">{words('steps.choose')}</h2>
        <p>{words('what')}</p>
        <Loaded result={template} what={words('columns')}>
          {({ importTemplate }) => (
            <>
              <div>
                <Button variant="outline" onClick={() => saveText(`${kind.toLowerCase()}-template.csv`, importTemplate.csv)}>
                  {words('template')}
                </Button>
              </div>
              <details>
                <summary>{words('columns')}</summary>
                <TwinTable
                  title={words('columns')}
                  twin={{ columns: [words('column'), words('needed'), words('words'), words('example')], rows: importTemplate.columns.map((column) => [column.name, column.needed ? words('yes') : words('no'), column.words, column.example]) }}
                />
              </details>
            </>
          )}
        </Loaded>
        <div className="stack stack--tight">
          <label htmlFor="file">
            <strong>{words('file')}</strong>
          </label>
          <input id="file" type="file" accept=".csv,text/csv,text/plain" onChange={(event) => void take(event.currentTarget.files?.[0])} />
        </div>
        {busy && <p role="status">{words('reading', { name })}</p>}
        {refused !== '' && (
          <Notice kind="wrong" live>
            {refused}
          </Notice>
        )}
        {error !== null && <FaultView error={error} />}
        <CommandFaults command={check} />
      </section>
      {report !== null && seen !== null && (
        <section className="sheet stack" aria-labelledby="found">
          <h2 id="found">{words(report.dryRun ? 'found' : 'result')}</h2>
          <p className="lead">{report.dryRun ? words('reading_', { rows: report.rows, good: report.accepted, bad: report.refused }) : seen.state === 'DONE' ? words('done', { count: report.stored }) : words('refused')}</p>
          <TwinTable
            title={words('found')}
            twin={{ columns: [words('kind'), words('count')], rows: (['created', 'changed', 'unchanged', 'refused', 'dropped'] as const).map((each) => [words(`counts.${each}`), showNumber(report[each])]) }}
          />
          <Lines title={words('faults', { count: report.errors.length + report.errorsLeftOut })} lines={report.errors} />
          <Lines title={words('differences', { count: report.notices.length })} lines={report.notices} folded />
          <CommandFaults command={start} />
          {seen.state === 'CHECKED' && (
            <div className="stack stack--tight">
              {report.refused > 0 && <Checkbox label={words('partial', { good: report.accepted })} checked={partial} onChange={(event) => setPartial(event.currentTarget.checked)} />}
              <div>
                <Button loading={start.sending} disabled={report.accepted === 0 || (report.refused > 0 && !partial)} onClick={() => void store()}>
                  {words('store', { count: report.accepted })}
                </Button>
              </div>
            </div>
          )}
        </section>
      )}
    </div>
  );
}

type Told = Readonly<{ row: number | null; column: string | null; message: string }>;

function Lines({ title, lines, folded = false }: Readonly<{ title: string; lines: readonly Told[]; folded?: boolean }>) {
  if (lines.length === 0) return null;
  const table = <TwinTable title={title} twin={{ columns: [words('row'), words('column'), words('message')], rows: lines.slice(0, SHOWN).map((line) => [line.row ?? '–', line.column ?? '–', line.message]) }} />;
  if (!folded) {
    return (
      <>
        <h3>{title}</h3>
        {table}
      </>
    );
  }
  return (
    <details>
      <summary>{title}</summary>
      {table}
    </details>
  );
}

/** What the service said of a file that it did not take. */
async function said(response: Response): Promise<string> {
  const answer = (await response.json().catch(() => null)) as { errors?: readonly { message?: string; extensions?: { remedy?: string } }[]; message?: string; remedy?: string } | null;
  const first = answer?.errors?.[0];
  return [first?.message ?? answer?.message ?? words('refused'), first?.extensions?.remedy ?? answer?.remedy].filter(Boolean).join(' ');
}
