import { createInstance } from 'i18next';

/** Keys of a nested catalogue as dotted paths; plural forms (`_one`, `_other`) share one key. */
type Leaf<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;
export type WordKey<T> = { [K in keyof T & string]: T[K] extends string ? Leaf<K> : `${K}.${WordKey<T[K]>}` }[keyof T & string];
type Words = { readonly [key: string]: string | Words };

const LANGUAGE = 'en-GB';
const i18n = createInstance();
void i18n.init({ lng: LANGUAGE, fallbackLng: LANGUAGE, initAsync: false, resources: {}, interpolation: { escapeValue: false }, returnNull: false });

export type Values = Readonly<Record<string, string | number | undefined>>;
export type Translate<T> = (key: WordKey<T>, values?: Values) => string;

/**
 * Registers the strings of one part of the console and gives the function that looks them up. Text is set by React as text,
 * so nothing is escaped here.
 */
export function catalogue<const T extends Words>(name: string, words: T): Translate<T> {
  i18n.addResourceBundle(LANGUAGE, name, words, true, true);
  return (key, values) => i18n.t(key as string, { ...values, ns: name });
}
