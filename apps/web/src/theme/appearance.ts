/** What the person chose for the look of the console; kept in this browser alone, and nothing else is. */
export const SCHEMES = ['auto', 'light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];
export type Appearance = Readonly<{ scheme: Scheme; moreContrast: boolean; letterKeys: boolean }>;

const KEY = 'meriden-appearance';
const DEFAULTS: Appearance = { scheme: 'auto', moreContrast: false, letterKeys: true };
const listeners = new Set<(scheme: Scheme) => void>();

export function readAppearance(): Appearance {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Appearance>;
    return {
      scheme: SCHEMES.find((scheme) => scheme === kept.scheme) ?? DEFAULTS.scheme,
      moreContrast: kept.moreContrast ?? matchMedia('(prefers-contrast: more)').matches,
      letterKeys: kept.letterKeys ?? DEFAULTS.letterKeys,
    };
  } catch {
    return DEFAULTS;
  }
}

export function keepAppearance(appearance: Appearance): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(appearance));
  } catch {
    // Private windows may refuse storage: the choice then lasts as long as the page.
  }
  showContrast(appearance);
  for (const listener of listeners) listener(appearance.scheme);
}

/** Puts the contrast on the document; called once before anything is drawn. The kit puts the colours there. */
export function showContrast({ moreContrast }: Appearance): void {
  if (moreContrast) document.documentElement.setAttribute('data-contrast', 'more');
  else document.documentElement.removeAttribute('data-contrast');
}

/** Gives the component kit our choice of colours instead of one of its own. */
export const schemeManager = {
  get: (): Scheme => readAppearance().scheme,
  set: (): void => undefined,
  subscribe: (listener: (scheme: Scheme) => void): void => void listeners.add(listener),
  unsubscribe: (): void => listeners.clear(),
  clear: (): void => undefined,
};
