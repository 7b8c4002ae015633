import { useEffect, useRef } from 'react';
import { readAppearance } from '../theme/appearance.js';

type Keys = Readonly<Record<string, () => void>>;

const typing = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/**
 * Single-letter keys while a page is shown. They do nothing while somebody types, with a modifier held, while a dialog is open,
 * or when the person switched them off (WCAG 2.1.4). `g` followed by a letter is written `g m`.
 */
export function useLetterKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    let prefix = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
      if (!readAppearance().letterKeys || document.querySelector('[role="dialog"]') !== null) return;
      const name = `${prefix}${event.key.toLowerCase()}`;
      prefix = '';
      if (timer !== undefined) clearTimeout(timer);
      const act = latest.current[name];
      if (act) {
        event.preventDefault();
        act();
      } else if (event.key === 'g') {
        prefix = 'g ';
        timer = setTimeout(() => (prefix = ''), 1_200);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
