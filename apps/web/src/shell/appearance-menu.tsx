import { Popover } from '@mantine/core';
import { useState } from 'react';
import { SCHEMES, keepAppearance, readAppearance, type Appearance } from '../theme/appearance.js';
import { t } from '../words/core.js';
import './appearance-menu.css';

/** Colours, contrast and single-letter keys; the choice is kept in this browser. */
export function AppearanceMenu() {
  const [appearance, setAppearance] = useState(readAppearance);
  const change = (part: Partial<Appearance>): void => {
    const next = { ...appearance, ...part };
    setAppearance(next);
    keepAppearance(next);
  };
  return (
    <Popover position="bottom-end" withArrow trapFocus shadow="none">
      <Popover.Target>
        <button type="button" className="tool">
          {t('look.label')}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('look.label')}>
        <div className="look">
          <fieldset className="look__group">
            <legend>{t('look.scheme')}</legend>
            {SCHEMES.map((scheme) => (
              <label key={scheme} className="look__choice">
                <input type="radio" name="scheme" checked={appearance.scheme === scheme} onChange={() => change({ scheme })} />
                {t(`look.${scheme}`)}
              </label>
            ))}
          </fieldset>
          <label className="look__choice">
            <input type="checkbox" checked={appearance.moreContrast} onChange={(event) => change({ moreContrast: event.target.checked })} />
            {t('look.contrast')}
          </label>
          <label className="look__choice">
            <input type="checkbox" checked={appearance.letterKeys} onChange={(event) => change({ letterKeys: event.target.checked })} />
            {t('look.letters')}
          </label>
          <p className="small soft">{t('look.lettersNote')}</p>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
