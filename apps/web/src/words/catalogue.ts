/** Keys of a nested catalogue as dotted paths; plural forms (`_one`, `_other`) share one key. */
type Leaf<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;
export type WordKey<T> = { [K in keyof T & string]: T[K] extends string ? Leaf<K> : `${K}.${WordKey<T[K]>}` }[keyof T & string];
type Words = { readonly [key: string]: string | Words };

const plural = new Intl.PluralRules('en-GB');

export type Values = Readonly<Record<string, string | number | undefined>>;
export type Translate<T> = (key: WordKey<T>, values?: Values) => string;

/**
 * The strings of one part of the console, and the function that looks them up: `{{name}}` stands for a value, and with a `count` the
 * plural form of the key is taken where there is one. Text is set by React as text, so nothing is escaped here. A library for this
 * cost the first visit 13 KB; these two rules are all that the catalogues use.
 */
export function catalogue<const T extends Words>(words: T): Translate<T> {
  const said = new Map<string, string>();
  note(said, '', words);
  return (key, values = {}) => {
    const { count } = values;
    const text = (typeof count === 'number' ? said.get(`${key}_${plural.select(count)}`) : undefined) ?? said.get(key) ?? key;
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
  };
}

function note(said: Map<string, string>, path: string, words: Words): void {
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') said.set(path + key, value);
    else note(said, `${path}${key}.`, value);
  }
}
