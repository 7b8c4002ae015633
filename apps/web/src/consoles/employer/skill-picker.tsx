import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Choices } from './documents.js';
import { t } from './words.js';

const OFFERED = 8;

/** Skills of the taxonomy by typing; the chosen ones stand as buttons that take them off again. */
export function SkillPicker({ id, label, note, skills, taken, value, onChange }: Readonly<{ id: string; label: string; note?: string | undefined; skills: Choices['skills']; taken: readonly string[]; value: readonly string[]; onChange: (keys: string[]) => void }>) {
  const [words, setWords] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const wanted = words.trim().toLowerCase();
  const found = wanted === '' ? [] : skills.filter((skill) => skill.kind !== 'GROUP' && !taken.includes(skill.key) && skill.label.toLowerCase().includes(wanted)).slice(0, OFFERED);
  // The first one found is the one that Enter takes; it can be marked only once it is drawn.
  useEffect(() => {
    if (found.length > 0) combobox.selectFirstOption();
  }, [wanted]);
  const nameOf = (key: string): string => skills.find((skill) => skill.key === key)?.label ?? key;
  return (
    <div className="stack stack--tight">
      <Combobox
        store={combobox}
        onOptionSubmit={(key) => {
          onChange([...value, key]);
          setWords('');
          combobox.closeDropdown();
        }}
      >
        <Combobox.Target>
          <TextInput
            id={id}
            label={label}
            description={note}
            placeholder={t('post.addSkill')}
            value={words}
            autoComplete="off"
            onChange={(event) => {
              setWords(event.currentTarget.value);
              combobox.openDropdown();
            }}
            onBlur={() => combobox.closeDropdown()}
            // Enter belongs to the list here and never sends the form.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={found.length === 0}>
          <Combobox.Options aria-label={label}>
            {found.map((skill) => (
              <Combobox.Option key={skill.key} value={skill.key}>
                {skill.label}
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {value.length > 0 && (
        <div className="chosen">
          {value.map((key) => (
            <button key={key} type="button" onClick={() => onChange(value.filter((each) => each !== key))}>
              {nameOf(key)} <span aria-hidden="true">✕</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
