import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTables, SkillSearch, TABLE_FILES, tsvRows, withNames, type SkillTables } from '@meriden/scoring';
import { Dice, readReference } from '../../libs/scoring/testing/cohort.js';
import { Bm25, bootstrap, discountedGain, GramSearch, hashOf, type Interval } from '../../libs/scoring/testing/relevance.js';

/**
 * `npm run bench -- scoring-quality FOLDER [SAMPLE]`: relevance on splits of a skill reference by hash, against BM25 over
 * Snowball stems (labels and all aliases, k1 and b tuned on another part) and TF-IDF of character 3- to 5-grams. One JSON line
 * a task: n, our figure, each peer's figure, and the interval of the paired difference.
 */
const HELD = 0;
const TUNED_ON = 1;
const ALIAS_PARTS = 10;
const OCCUPATION_PARTS = 8;
/** Occupations of these parts were looked at by nobody while weights were chosen; each is taken out alone. */
const FRESH = [2, 3];

const folder = process.argv[2];
const sample = Number(process.argv[3] ?? 1000);
if (folder === undefined) {
  process.stderr.write('npm run bench -- scoring-quality FOLDER [SAMPLE]\n');
  process.exit(2);
}
const files = Object.fromEntries(TABLE_FILES.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

type Query = readonly number[];
/** Figures by query: ours and the peers'. */
function tell(task: string, split: string, figure: string, ours: Query, bm25: Query, grams: Query, extra: Record<string, unknown> = {}): void {
  const mean = (values: Query): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
  const round = (value: number): number => Number(value.toFixed(4));
  const interval = ({ low, high }: Interval) => [round(low), round(high)];
  process.stdout.write(
    `${JSON.stringify({ bench: 'scoring-quality', task, split, figure, n: ours.length, ours: round(mean(ours)), bm25: round(mean(bm25)), grams: round(mean(grams)), overBm25: interval(bootstrap(ours, bm25)), overGrams: interval(bootstrap(ours, grams)), ...extra })}\n`,
  );
}

const reciprocalRank = (hits: readonly { id: string }[], id: string): number => {
  const at = hits.findIndex((hit) => hit.id === id);
  return at < 0 ? 0 : 1 / (at + 1);
};
const partOf = (kind: string, text: string, parts: number): number => hashOf(`${kind}:${text.toLowerCase().trim()}`) % parts;
const documents = (tables: SkillTables): { id: string; text: string }[] => tables.skills.map((skill) => ({ id: skill.id, text: [skill.label, ...skill.aliases].join(' . ') }));
const names = (tables: SkillTables): { id: string; text: string }[] => tables.skills.flatMap((skill) => [skill.label, ...skill.aliases].map((text) => ({ id: skill.id, text })));

function aliasToSkill(): void {
  const lines = (files['aliases.tsv'] ?? '').split('\n');
  const part = (line: string): number => partOf('alias', line.split('\t')[1] ?? '', ALIAS_PARTS);
  const kept = lines.filter((line, at) => at === 0 || (part(line) !== HELD && part(line) !== TUNED_ON));
  const queries = (which: number) => lines.slice(1).filter((line) => line !== '' && part(line) === which).map((line) => line.split('\t') as [string, string]);
  const some = (all: [string, string][], count: number) => [...all].sort((a, b) => hashOf(`q${a[1]}`) - hashOf(`q${b[1]}`)).slice(0, count);
  const tables = parseTables({ ...files, 'aliases.tsv': kept.join('\n') });
  const search = new SkillSearch(tables);
  const tuning = some(queries(TUNED_ON), 200);
  const bm25 = Bm25.tuned(documents(tables), (candidate) => tuning.reduce((sum, [id, alias]) => sum + reciprocalRank(candidate.find(alias, 100), id), 0));
  const grams = new GramSearch(names(tables));
  const labels = new Map(tables.skills.map((skill) => [skill.id, new Set(skill.label.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])]));
  const shares = ([id, alias]: [string, string]): boolean => (alias.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).some((word) => labels.get(id)?.has(word));
  const ask = ([id, phrase]: [string, string]) => ({
    ours: reciprocalRank(search.skillsForPhrase(phrase, 1000), id),
    bm25: reciprocalRank(bm25.find(phrase, 1000), id),
    grams: reciprocalRank(grams.find(phrase, 1000), id),
  });
  const rows = some(queries(HELD), sample).map(ask);
  const split = `aliases by FNV-1a of the text mod ${ALIAS_PARTS}: part ${HELD} asked, part ${TUNED_ON} tunes, neither is indexed`;
  tell('alias->skill', split, 'MRR', rows.map((r) => r.ours), rows.map((r) => r.bm25), rows.map((r) => r.grams), { k1: bm25.k1, b: bm25.b });
  const apart = some(queries(HELD).filter((query) => !shares(query)), sample).map(ask);
  tell('alias->skill, no word shared with the label', split, 'MRR', apart.map((r) => r.ours), apart.map((r) => r.bm25), apart.map((r) => r.grams));
  const worded = some(queries(HELD), 2 * sample).slice(sample).map(([id, alias]) => ask([id, inAdvert(alias)]));
  tell('phrase->skill, unseen names in the words of an advert', `${split}; one of ${WORDINGS.length} wordings by hash`, 'MRR', worded.map((r) => r.ours), worded.map((r) => r.bm25), worded.map((r) => r.grams));
}

const doing = (name: string): string => name.replace(/^[a-z]+/, (verb) => (verb.endsWith('ing') ? verb : `${/[^eoy]e$/.test(verb) ? verb.slice(0, -1) : verb}ing`));
/** How adverts speak of what they want. */
const WORDINGS: readonly ((name: string) => string)[] = [
  (name) => `experience in ${doing(name)}`,
  (name) => `strong ability to ${name}`,
  (name) => `you will ${name} as part of the team`,
  (name) => `proven track record of ${doing(name)}`,
  (name) => `good knowledge of ${doing(name)}`,
  (name) => `excellent ${doing(name)} skills required`,
];
const inAdvert = (name: string): string => (WORDINGS[hashOf(`w${name}`) % WORDINGS.length] as (name: string) => string)(name);

function titleToSkills(full: SkillTables): void {
  const bm25 = new Bm25(documents(full));
  const grams = new GramSearch(documents(full));
  for (const setting of ['title and ISCO group known, skills not', 'title unseen']) {
    const rows = FRESH.flatMap((part) => {
      const held = heldOut(full, part).filter((o) => o.skills.length > 0);
      const ids = new Set(held.map((o) => o.id));
      const known = setting === 'title unseen' ? full.occupations.filter((o) => !ids.has(o.id)) : full.occupations.map((o) => (ids.has(o.id) ? { ...o, skills: [] } : o));
      const search = new SkillSearch({ ...full, occupations: known });
      return held.map((o) => {
        const grades = new Map(o.skills.map(([skill, grade]) => [full.skills[skill]?.id as string, grade]));
        const gain = (hits: readonly { id: string }[]): number => discountedGain(hits.map((hit) => grades.get(hit.id) ?? 0), [...grades.values()], 10);
        return { ours: gain(search.skillsForTitle(o.title, 10)), bm25: gain(bm25.find(o.title, 10)), grams: gain(grams.find(o.title, 10)) };
      });
    });
    tell(`title->skills, ${setting}`, SPLIT, 'nDCG@10', rows.map((r) => r.ours), rows.map((r) => r.bm25), rows.map((r) => r.grams));
  }
}

const heldOut = (full: SkillTables, part: number) => full.occupations.filter((o) => partOf('occ', o.title, OCCUPATION_PARTS) === part);
const SPLIT = `occupations by FNV-1a of the title mod ${OCCUPATION_PARTS}: parts ${FRESH.join(' and ')}, each taken out alone`;

/** Synonyms that the product's MedTech taxonomy has for skills of the reference and the reference has not. */
function phraseToSkill(full: SkillTables): void {
  const byUuid = new Map(full.skills.map((skill) => [skill.uuid, skill]));
  const phrases = [...readReference(process.cwd()).skills.byId.values()].flatMap((skill) => {
    const row = byUuid.get(skill.escoUri?.split('/').pop() ?? '');
    if (row === undefined) return [];
    const known = new Set([row.label, ...row.aliases].map((name) => name.toLowerCase()));
    return [skill.label, ...skill.synonyms].filter((name) => !known.has(name.toLowerCase())).map((phrase) => ({ id: row.id, phrase }));
  });
  const among = (tables: SkillTables, task: string, split: string): void => {
    const [search, bm25, grams] = [new SkillSearch(tables), new Bm25(documents(tables)), new GramSearch(names(tables))];
    const rows = phrases.map(({ id, phrase }) => ({ ours: reciprocalRank(search.skillsForPhrase(phrase, 1000), id), bm25: reciprocalRank(bm25.find(phrase, 1000), id), grams: reciprocalRank(grams.find(phrase, 1000), id) }));
    tell(task, split, 'MRR', rows.map((r) => r.ours), rows.map((r) => r.bm25), rows.map((r) => r.grams));
  };
  const task = 'phrase->skill, MedTech synonyms the reference lacks';
  among(full, task, 'all of them; looked at while variants were compared, no weight was fitted on them');
  const adverts = tsvRows(readFileSync(join(process.cwd(), 'libs/scoring/data/advert-terms.tsv'), 'utf8'), ['esco_label', 'term']);
  among(withNames(full, adverts.map((row) => ({ skill: row.esco_label, name: row.term }))), `${task}; words of adverts known`, 'the same; all three know these further names, which were written without sight of the taxonomy');
}

type Pair = readonly [number, number];

function relatedSkills(full: SkillTables): void {
  const texts = documents(full);
  const grams = new GramSearch(texts);
  const bm25 = new Bm25(texts);
  const id = (position: number): string => full.skills[position]?.id as string;
  const byUuid = new Map(full.skills.map((skill, at) => [skill.uuid, at]));
  const reference = readReference(process.cwd()).skills;
  const at = (skill: string): number => byUuid.get(reference.byId.get(skill)?.escoUri?.split('/').pop() ?? '') ?? -1;
  const curated = [...reference.relations.values()].map((r): Pair => [at(r.skillId), at(r.otherId)]).filter(([a, b]) => a >= 0 && b >= 0 && a !== b);
  type Scored = { ours: number; bm25: number; grams: number; related: number };
  const together: Scored[] = [];
  const taxonomy: Scored[] = [];
  for (const part of FRESH) {
    const dice = new Dice(39 + part);
    const held = heldOut(full, part).filter((o) => o.skills.filter(([, grade]) => grade === 2).length > 3);
    const ids = new Set(held.map((o) => o.id));
    const tables = { ...full, occupations: full.occupations.filter((o) => !ids.has(o.id)) };
    const search = new SkillSearch(tables);
    const used = [...new Set(tables.occupations.flatMap((o) => o.skills.map(([skill]) => skill)))];
    const pairs = held.flatMap((o) => {
      const essential = o.skills.filter(([, grade]) => grade === 2).map(([skill]) => skill);
      return [0, 1, 2].map((): Pair => [dice.one(essential), dice.one(essential)]).filter(([a, b]) => a !== b);
    });
    const score = (list: readonly Pair[], related: number): Scored[] => list.map(([a, b]) => ({ ours: search.related(id(a), id(b)), bm25: bm25.between(texts[a]?.text ?? '', b), grams: grams.between(texts[a]?.text ?? '', b), related }));
    const strangers = (list: readonly Pair[]): Pair[] => list.map((): Pair => [dice.one(used), dice.one(used)]).filter(([a, b]) => a !== b);
    together.push(...score(pairs, 1), ...score(strangers(pairs), 0));
    if (part === FRESH[0]) taxonomy.push(...score(curated, 1), ...score(strangers(curated), 0));
  }
  for (const [name, all] of [['essential to the same unseen occupation', together], ['related in the MedTech taxonomy', taxonomy]] as const) {
    const precision = (peer: 'ours' | 'bm25' | 'grams'): number[] => {
      const out = new Array<number>(all.length).fill(-1);
      let seen = 0;
      all.map((row, i) => ({ row, i })).sort((x, y) => y.row[peer] - x.row[peer] || x.row.related - y.row.related).forEach(({ row, i }, rank) => {
        if (row.related) out[i] = ++seen / (rank + 1);
      });
      return out.filter((value) => value >= 0);
    };
    tell(`related skills, ${name}`, `1 : 1 with random pairs; ${SPLIT}`, 'AUC-PR', precision('ours'), precision('bm25'), precision('grams'));
  }
}

/** Profiles speak in names of part HELD where their skills have one: neither we nor the peers have indexed them. */
function profileToVacancy(full: SkillTables): void {
  const unseen = (alias: string): boolean => partOf('alias', alias, ALIAS_PARTS) === HELD;
  const known = { ...full, skills: full.skills.map((skill) => ({ ...skill, aliases: skill.aliases.filter((alias) => !unseen(alias)) })) };
  const label = new Map(known.skills.map((skill) => [skill.id, [skill.label, ...skill.aliases].join(' . ')]));
  const large = full.occupations.filter((o) => o.skills.length >= 14);
  let count = 0;
  const rows = FRESH.flatMap((part) => {
    const dice = new Dice(41 + part);
    const pick = <T>(items: readonly T[], many: number): T[] => {
      const left = [...items];
      return Array.from({ length: Math.min(many, left.length) }, () => left.splice(dice.below(left.length), 1)[0] as T);
    };
    const held = large.filter((o) => partOf('occ', o.title, OCCUPATION_PARTS) === part);
    const ids = new Set(held.map((o) => o.id));
    const search = new SkillSearch({ ...known, occupations: known.occupations.filter((o) => !ids.has(o.id)) });
    const noise = large.filter((o) => !ids.has(o.id) && hashOf(`n${o.title}`) % 4 === 0);
    const adverts = [...held.flatMap((o) => [o, o]), ...noise].map((o, at) => ({ id: `v${at}`, occupation: o, title: o.title, skillIds: pick(o.skills, 8 + dice.below(5)).map(([skill]) => full.skills[skill]?.id as string) }));
    count += adverts.length;
    const texts = adverts.map((advert) => ({ id: advert.id, text: [advert.title, ...advert.skillIds.map((id) => label.get(id) ?? '')].join(' . ') }));
    const ours = search.advertsFor(adverts);
    const bm25 = new Bm25(texts);
    const grams = new GramSearch(texts);
    return held.map((o) => {
      const phrases = pick(o.skills, 6).map(([skill]) => {
        const row = full.skills[skill] as SkillTables['skills'][number];
        const hidden = row.aliases.filter(unseen);
        return dice.one(hidden.length > 0 ? hidden : [row.label, ...row.aliases]);
      });
      const grade = new Map(adverts.map((advert) => [advert.id, advert.occupation === o ? 2 : advert.occupation.isco === o.isco ? 1 : 0]));
      const gains = (hits: readonly { id: string }[]) => ({
        ndcg: discountedGain(hits.map((hit) => 2 ** (grade.get(hit.id) ?? 0) - 1), [...grade.values()].map((g) => 2 ** g - 1), 10),
        first: (grade.get(hits[0]?.id ?? '') ?? 0) > 0 ? 1 : 0,
      });
      const query = phrases.join(' . ');
      return { ours: gains(ours(phrases, 10)), bm25: gains(bm25.find(query, 10)), grams: gains(grams.find(query, 10)) };
    });
  });
  const split = `profiles of 6 names, unseen where there are such, ${count} adverts; ${SPLIT}`;
  tell('profile->vacancy', split, 'nDCG@10', rows.map((r) => r.ours.ndcg), rows.map((r) => r.bm25.ndcg), rows.map((r) => r.grams.ndcg));
  tell('profile->vacancy', split, 'first hit of the same occupation or group', rows.map((r) => r.ours.first), rows.map((r) => r.bm25.first), rows.map((r) => r.grams.first));
}

/** Titles that the folder has never seen against each other: alike = of the same ISCO unit group. */
function unseenTitles(full: SkillTables): void {
  const rows = FRESH.flatMap((part) => {
    const held = heldOut(full, part);
    const ids = new Set(held.map((o) => o.id));
    const search = new SkillSearch({ ...full, occupations: full.occupations.filter((o) => !ids.has(o.id)) });
    const like = search.titlesLike(held);
    const corpus = held.map((o) => ({ id: o.id, text: o.title }));
    const bm25 = new Bm25(corpus);
    const grams = new GramSearch(corpus);
    const isco = new Map(held.map((o) => [o.id, o.isco]));
    return held.flatMap((o) => {
      const alike = held.filter((other) => other !== o && other.isco === o.isco).length;
      if (alike === 0) return [];
      const precision = (hits: readonly { id: string }[]): number => {
        let seen = 0;
        return hits.filter((hit) => hit.id !== o.id).reduce((sum, hit, at) => (isco.get(hit.id) === o.isco ? sum + ++seen / (at + 1) : sum), 0) / alike;
      };
      return [{ ours: precision(like(o.title, held.length)), bm25: precision(bm25.find(o.title, held.length)), grams: precision(grams.find(o.title, held.length)) }];
    });
  });
  tell('title~title, unseen titles of the same ISCO unit group', SPLIT, 'MAP', rows.map((r) => r.ours), rows.map((r) => r.bm25), rows.map((r) => r.grams));
}

function titleToTitle(full: SkillTables): void {
  const csv = readFileSync(join(process.cwd(), 'libs/reference/data/esco-occupations-medtech.csv'), 'utf8').split('\n').slice(1).filter((line) => line !== '');
  const groups = csv.map((line) => {
    const cells = (line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []).map((cell) => cell.replace(/,$/, '').replace(/^"|"$/g, ''));
    return [...new Set([cells[1] ?? '', ...(cells[4] ?? '').split(';')].map((title) => title.trim().toLowerCase()).filter((title) => title !== ''))];
  });
  const entries = groups.flatMap((titles, group) => titles.map((title) => ({ title, group })));
  const taken = new Set(entries.map((entry) => entry.title));
  const corpus = [...entries, ...full.occupations.filter((o) => !taken.has(o.title.toLowerCase())).map((o) => ({ title: o.title, group: -1 }))].map((entry, at) => ({ id: `t${at}`, text: entry.title, ...entry }));
  const like = new SkillSearch(full).titlesLike(corpus);
  const bm25 = new Bm25(corpus);
  const grams = new GramSearch(corpus);
  const group = new Map(corpus.map((entry) => [entry.id, entry.group]));
  const asked = corpus.slice(0, entries.length).filter((entry) => hashOf(entry.title) % 3 === 1);
  const averagePrecision = (hits: readonly { id: string }[], self: { id: string; group: number }): number => {
    const relevant = [...group].filter(([id, g]) => g === self.group && id !== self.id).length;
    let seen = 0;
    let sum = 0;
    hits.filter((hit) => hit.id !== self.id).forEach((hit, at) => {
      if (group.get(hit.id) === self.group) sum += ++seen / (at + 1);
    });
    return relevant === 0 ? 0 : sum / relevant;
  };
  const rows = asked.map((entry) => ({ ours: averagePrecision(like(entry.title, corpus.length), entry), bm25: averagePrecision(bm25.find(entry.title, corpus.length), entry), grams: averagePrecision(grams.find(entry.title, corpus.length), entry) }));
  tell('title~title', `alternative titles of the MedTech occupations among ${corpus.length}; a third by hash`, 'MAP', rows.map((r) => r.ours), rows.map((r) => r.bm25), rows.map((r) => r.grams));
}

aliasToSkill();
const full = parseTables(files);
titleToSkills(full);
relatedSkills(full);
phraseToSkill(full);
titleToTitle(full);
unseenTitles(full);
profileToVacancy(full);
