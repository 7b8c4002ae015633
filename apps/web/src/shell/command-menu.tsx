import { Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { useSession } from '../parts/session.js';
import { t } from '../words/core.js';
import type { Place } from './places.js';
import { places as word } from './words.js';

type Command = Readonly<{ name: string; hint: string; run: () => void }>;

const LIST = 'command-list';

/** Every place of the role and the few acts that have no place. A listbox driven from its field. */
export function CommandMenu({ opened, onClose, onKeys, menu }: Readonly<{ opened: boolean; onClose: () => void; onKeys: () => void; menu: readonly Place[] }>) {
  const { viewer, signOut } = useSession();
  const navigate = useNavigate();
  const [wanted, setWanted] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (opened) {
      setWanted('');
      setAt(0);
    }
  }, [opened]);

  const to = (path: string) => () => void navigate({ to: path });
  const all: readonly Command[] = [
    ...menu.map((place) => ({ name: place.title, hint: place.key === undefined ? '' : `G ${place.key.toUpperCase()}`, run: to(place.path) })),
    { name: word('how'), hint: '', run: to('/how-matching-works') },
    { name: word('help'), hint: '', run: to('/help') },
    { name: word('accessibility'), hint: '', run: to('/accessibility') },
    { name: word('privacy'), hint: '', run: to('/privacy') },
    { name: t('keys.title'), hint: '?', run: onKeys },
    viewer === null ? { name: t('nav.signIn'), hint: '', run: to('/sign-in') } : { name: t('nav.signOut'), hint: '', run: () => void signOut() },
  ];
  const found = all.filter((command) => command.name.toLowerCase().includes(wanted.trim().toLowerCase()));
  const chosen = found[Math.min(at, found.length - 1)];
  const run = (command: Command | undefined): void => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0) {
      event.preventDefault();
      setAt((before) => (before + by + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(chosen);
    }
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('palette.title')} closeButtonProps={{ 'aria-label': t('close') }} centered={false} yOffset="12vh" size="34rem">
      <div className="stack stack--tight">
        <TextInput
          data-autofocus
          label={t('palette.label')}
          value={wanted}
          onChange={(event) => (setWanted(event.currentTarget.value), setAt(0))}
          onKeyDown={onKeyDown}
          role="combobox"
          aria-expanded="true"
          aria-controls={LIST}
          aria-activedescendant={chosen === undefined ? undefined : `${LIST}-${found.indexOf(chosen)}`}
          autoComplete="off"
        />
        <ul id={LIST} role="listbox" aria-label={t('palette.title')} className="plain palette__list">
          {found.map((command, index) => (
            <li key={command.name} id={`${LIST}-${index}`} role="option" aria-selected={command === chosen} className="palette__item" onClick={() => run(command)} onMouseMove={() => setAt(index)}>
              <span>{command.name}</span>
              {command.hint !== '' && <kbd>{command.hint}</kbd>}
            </li>
          ))}
        </ul>
        <p className="small soft" role="status">
          {found.length === 0 ? t('palette.none') : t('palette.count', { count: found.length })}
        </p>
      </div>
    </Modal>
  );
}
