import { useId, useRef, useState } from 'react';
import { SCHEMES, keepAppearance, readAppearance, type Appearance } from '../theme/appearance.js';
import { t } from '../words/core.js';
import './appearance-menu.css';

const GAP = 8;

/** Colours, contrast and single-letter keys; the choice is kept in this browser. The browser's own popover: it closes by itself, and gives the focus back. */
export function AppearanceMenu() {
  const [appearance, setAppearance] = useState(readAppearance);
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const change = (part: Partial<Appearance>): void => {
    const next = { ...appearance, ...part };
    setAppearance(next);
    keepAppearance(next);
  };
  const shown = (state: string): void => {
    if (state !== 'open' || box.current === null || button.current === null) return;
    const { bottom, right } = button.current.getBoundingClientRect();
    box.current.style.top = `${bottom + GAP}px`;
    box.current.style.left = `${Math.max(GAP, right - box.current.offsetWidth)}px`;
    box.current.querySelector<HTMLInputElement>('input:checked')?.focus();
  };
  return (
    <>
      <button ref={button} type="button" className="tool" popoverTarget={id}>
        {t('look.label')}
      </button>
      <div ref={box} id={id} popover="auto" role="group" aria-label={t('look.label')} className="look" onToggle={(event) => shown(event.newState)}>
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
    </>
  );
}
