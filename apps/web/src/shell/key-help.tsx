import { Modal } from '@mantine/core';
import { readAppearance } from '../theme/appearance.js';
import { Notice } from '../ui/notice.js';
import { t } from '../words/core.js';
import type { Place } from './places.js';

export function KeyHelp({ opened, onClose, menu }: Readonly<{ opened: boolean; onClose: () => void; menu: readonly Place[] }>) {
  const places = menu.flatMap((place) => (place.key === undefined ? [] : [`${place.key.toUpperCase()} ${place.title}`])).join(', ');
  const keys: readonly (readonly [string, string])[] = [
    [t('keys.palette'), t('keys.paletteDoes')],
    [t('keys.help'), t('keys.helpDoes')],
    ...(places === '' ? [] : [[t('keys.go'), t('keys.goDoes', { places })] as const]),
    [t('keys.list'), t('keys.listDoes')],
    [t('keys.decide'), t('keys.decideDoes')],
    [t('keys.undo'), t('keys.undoDoes')],
  ];
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <dl className="keys">
        {keys.map(([key, does]) => (
          <KeyRow key={key} name={key} does={does} />
        ))}
      </dl>
      {!readAppearance().letterKeys && <Notice kind="beware">{t('keys.off')}</Notice>}
    </Modal>
  );
}

function KeyRow({ name, does }: Readonly<{ name: string; does: string }>) {
  return (
    <>
      <dt>
        <kbd>{name}</kbd>
      </dt>
      <dd>{does}</dd>
    </>
  );
}
