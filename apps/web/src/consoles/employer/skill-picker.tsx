import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { NamedSkill } from '../../parts/skill-documents.js';
import { useSkillsNamed } from '../../parts/skills-named.js';
import { t } from './words.js';

const OFFERED = 8;

/** Skills by typing, the taxonomy's at once and all others after a pause; the chosen ones stand as buttons that take them off again. `onMet` is told of a chosen one that is not among `skills`. */
export function SkillPicker({ id, label, note, skills, taken, value, onChange, onMet }: Readonly<{ id: string; label: string; note?: string | undefined; skills: readonly NamedSkill[]; taken: readonly string[]; value: readonly string[]; onChange: (keys: string[]) => void; onMet: (skill: NamedSkill) => void }>) {
  const [words, setWords] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const wanted = words.trim().toLowerCase();
  const named = useSkillsNamed(words);
  const near = wanted === '' ? [] : skills.filter((skill) => skill.kind !== 'GROUP' && skill.label.toLowerCase().includes(wanted));
  const found = [...new Map([...near, ...(wanted === '' ? [] : named)].map((skill) => [skill.key, skill])).values()].filter((skill) => !taken.includes(skill.key)).slice(0, OFFERED);
  // The first one found is the one that Enter takes; it can be marked only once it is drawn, and the service's come later.
  const first = found[0]?.key;
  useEffect(() => {
    if (first !== undefined) combobox.selectFirstOption();
  }, [wanted, first]);
  const nameOf = (key: string): string => skills.find((skill) => skill.key === key)?.label ?? key;
  return (
    <div className="stack stack--tight">
      <Combobox
        store={combobox}
        onOptionSubmit={(key) => {
          const chosen = found.find((skill) => skill.key === key);
          if (chosen !== undefined) onMet(chosen);
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
