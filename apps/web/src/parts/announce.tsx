import { useSyncExternalStore } from 'react';

let said = '';
const listeners = new Set<() => void>();

/** Says something in the page's one live region: results of an act that has no place of its own on the screen. */
export function announce(words: string): void {
  // The same words twice would be silent: a no-break space makes them new.
  said = said === words ? `${words}\u00a0` : words;
  for (const listener of listeners) listener();
}

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function LiveRegion() {
  const words = useSyncExternalStore(listen, () => said);
  return (
    <div className="unseen" role="status" aria-live="polite" data-live-region>
      {words}
    </div>
  );
}
