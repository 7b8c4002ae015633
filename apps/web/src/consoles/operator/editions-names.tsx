import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { announce } from '../../parts/announce.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { newKey, useCommand } from '../../parts/command.js';
import { showInstant } from '../../words/format.js';
import { ADD_ALIAS, RETIRE_ALIAS, type AliasRow } from './editions-documents.js';
import { t } from './editions-words.js';

type Skill = Readonly<{ id: string; label: string }>;
const FIELDS: Readonly<Record<string, string>> = { alias: 'alias', reason: 'alias-reason', skillId: 'alias-skill' };

/** Further names of skills: those that hold and those that were dropped, and a form for one more. */
export function Names({ rows, skills, onChange }: Readonly<{ rows: readonly AliasRow[]; skills: readonly Skill[]; onChange: () => void }>) {
  return (
    <section className="stack" aria-labelledby="names">
      <h2 id="names">{t('names')}</h2>
      <p>{t('namesWhat')}</p>
      {rows.length === 0 && <p>{t('none')}</p>}
      <ul className="plain stack stack--tight">
        {rows.map((row) => (
          <Name key={row.id} row={row} onChange={onChange} />
        ))}
      </ul>
      <Add skills={skills} onChange={onChange} />
    </section>
  );
}

function Name({ row, onChange }: Readonly<{ row: AliasRow; onChange: () => void }>) {
  const command = useCommand(RETIRE_ALIAS);
  const retire = async (): Promise<void> => {
    if ((await command.send({ input: { aliasId: row.id } })) === null) return;
    announce(t('dropped', { alias: row.alias }));
    onChange();
  };
  return (
    <li className="sheet stack stack--tight">
      <p dir="auto">
        <strong>{row.alias}</strong> = {row.skill?.label ?? '–'} · {row.retiredAt === null ? t('holds') : t('retired', { when: showInstant(row.retiredAt) })}
      </p>
      <p className="soft" dir="auto">
        {showInstant(row.addedAt)}: {row.reason}
      </p>
      <CommandFaults command={command} />
      {row.retiredAt === null && (
        <div>
          <Button variant="subtle" onClick={() => void retire()} loading={command.sending}>
            {t('retire', { alias: row.alias })}
          </Button>
        </div>
      )}
    </li>
  );
}

function Add({ skills, onChange }: Readonly<{ skills: readonly Skill[]; onChange: () => void }>) {
  const command = useCommand(ADD_ALIAS, (path) => FIELDS[path.at(-1) ?? '']);
  const [form, setForm] = useState({ skillId: '', alias: '', reason: '' });
  const field = (name: keyof typeof form) => ({ id: FIELDS[name] as string, value: form[name], onChange: (event: Readonly<{ currentTarget: Readonly<{ value: string }> }>) => setForm({ ...form, [name]: event.currentTarget.value }) });
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if ((await command.send({ input: { ...form, idempotencyKey: newKey() } })) === null) return;
    announce(t('added', { alias: form.alias }));
    setForm({ skillId: '', alias: '', reason: '' });
    onChange();
  };
  return (
    <form className="stack stack--tight" onSubmit={(event) => void send(event)} noValidate>
      <CommandFaults command={command} />
      <NativeSelect {...field('skillId')} label={t('skill')} data={[{ value: '', label: '–' }, ...skills.map(({ id, label }) => ({ value: id, label }))]} />
      <TextInput {...field('alias')} label={t('alias')} description={t('aliasNote')} maxLength={100} />
      <Textarea {...field('reason')} label={t('aliasReason')} description={t('aliasReasonNote')} autosize minRows={2} maxLength={500} />
      <div>
        <Button type="submit" loading={command.sending}>
          {t('add')}
        </Button>
      </div>
    </form>
  );
}
