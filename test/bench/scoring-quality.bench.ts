import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTables, SkillSearch, TABLE_FILES, type SkillTables } from '@meriden/scoring';
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
/** Occupations of this part were looked at by nobody while weights were chosen. */
const FRESH = 2;

const folder = process.argv[2];
const sample = Number(process.argv[3] ?? 800);
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
  const test = some(queries(HELD), sample);
  const labels = new Map(tables.skills.map((skill) => [skill.id, new Set(skill.label.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])]));
  const rows = test.map(([id, alias]) => ({
    shares: (alias.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).some((word) => labels.get(id)?.has(word)),
    ours: reciprocalRank(search.skillsForPhrase(alias, 1000), id),
    bm25: reciprocalRank(bm25.find(alias, 1000), id),
    grams: reciprocalRank(grams.find(alias, 1000), id),
  }));
  const split = `aliases by FNV-1a of the text mod ${ALIAS_PARTS}: part ${HELD} asked, part ${TUNED_ON} tunes, neither is indexed`;
  tell('alias->skill', split, 'MRR', rows.map((r) => r.ours), rows.map((r) => r.bm25), rows.map((r) => r.grams), { k1: bm25.k1, b: bm25.b });
  const apart = rows.filter((r) => !r.shares);
  tell('alias->skill, no word shared with the label', split, 'MRR', apart.map((r) => r.ours), apart.map((r) => r.bm25), apart.map((r) => r.grams));
}

function titleToSkills(full: SkillTables): void {
  const held = full.occupations.filter((o) => o.skills.length > 0 && partOf('occ', o.title, OCCUPATION_PARTS) === FRESH);
  const ids = new Set(held.map((o) => o.id));
  const bm25 = new Bm25(documents(full));
  const grams = new GramSearch(documents(full));
  for (const [setting, tables] of [
    ['title and ISCO group known, skills not', { ...full, occupations: full.occupations.map((o) => (ids.has(o.id) ? { ...o, skills: [] } : o)) }],
    ['title unseen', { ...full, occupations: full.occupations.filter((o) => !ids.has(o.id)) }],
  ] as const) {
    const search = new SkillSearch(tables);
    const rows = held.map((o) => {
      const grades = new Map(o.skills.map(([skill, grade]) => [full.skills[skill]?.id as string, grade]));
      const gain = (hits: readonly { id: string }[]): number => discountedGain(hits.map((hit) => grades.get(hit.id) ?? 0), [...grades.values()], 10);
      return { ours: gain(search.skillsForTitle(o.title, 10)), bm25: gain(bm25.find(o.title, 10)), grams: gain(grams.find(o.title, 10)) };
    });
    tell(`title->skills, ${setting}`, `occupations by FNV-1a of the title mod ${OCCUPATION_PARTS}: part ${FRESH}`, 'nDCG@10', rows.map((r) => r.ours), rows.map((r) => r.bm25), rows.map((r) => r.grams));
  }
}

/** Synonyms that the product's MedTech taxonomy has for skills of the reference and the reference has not. */
function phraseToSkill(full: SkillTables): void {
  const search = new SkillSearch(full);
  const byUuid = new Map(full.skills.map((skill) => [skill.uuid, skill]));
  const phrases = [...readReference(process.cwd()).skills.byId.values()].flatMap((skill) => {
    const row = byUuid.get(skill.escoUri?.split('/').pop() ?? '');
    if (row === undefined) return [];
    const known = new Set([row.label, ...row.aliases].map((name) => name.toLowerCase()));
    return [skill.label, ...skill.synonyms].filter((name) => !known.has(name.toLowerCase())).map((phrase) => ({ id: row.id, phrase }));
  });
  const bm25 = new Bm25(documents(full));
  const grams = new GramSearch(names(full));
  const rows = phrases.map(({ id, phrase }) => ({ ours: reciprocalRank(search.skillsForPhrase(phrase, 1000), id), bm25: reciprocalRank(bm25.find(phrase, 1000), id), grams: reciprocalRank(grams.find(phrase, 1000), id) }));
  tell('phrase->skill, MedTech synonyms the reference lacks', 'all of them; none was used for any weight', 'MRR', rows.map((r) => r.ours), rows.map((r) => r.bm25), rows.map((r) => r.grams));
}

function relatedSkills(full: SkillTables): void {
  const dice = new Dice(41);
  const held = full.occupations.filter((o) => o.skills.filter(([, grade]) => grade === 2).length > 3 && partOf('occ', o.title, OCCUPATION_PARTS) === FRESH);
  const ids = new Set(held.map((o) => o.id));
  const tables = { ...full, occupations: full.occupations.filter((o) => !ids.has(o.id)) };
  const search = new SkillSearch(tables);
  const used = [...new Set(tables.occupations.flatMap((o) => o.skills.map(([skill]) => skill)))];
  const together = held.flatMap((o) => {
    const essential = o.skills.filter(([, grade]) => grade === 2).map(([skill]) => skill);
    return [0, 1, 2].map(() => [dice.one(essential), dice.one(essential)] as const).filter(([a, b]) => a !== b);
  });
  const byUuid = new Map(full.skills.map((skill, at) => [skill.uuid, at]));
  const reference = readReference(process.cwd()).skills;
  const at = (id: string): number => byUuid.get(reference.byId.get(id)?.escoUri?.split('/').pop() ?? '') ?? -1;
  const curated = [...reference.relations.values()].map((r) => [at(r.skillId), at(r.otherId)] as const).filter(([a, b]) => a >= 0 && b >= 0 && a !== b);
  const texts = documents(full);
  const grams = new GramSearch(texts);
  const bm25 = new Bm25(texts);
  for (const [name, pairs] of [['essential to the same unseen occupation', together], ['related in the MedTech taxonomy', curated]] as const) {
    const others = pairs.map(() => [dice.one(used), dice.one(used)] as const);
    const all = [...pairs.map((p) => [p, 1] as const), ...others.map((p) => [p, 0] as const)];
    const precision = (score: (a: number, b: number) => number): number[] => {
      const ranked = all.map(([[a, b], related]) => ({ related, score: score(a, b) })).map((row, i) => ({ ...row, i })).sort((x, y) => y.score - x.score || x.related - y.related);
      const out = new Array<number>(pairs.length).fill(0);
      let seen = 0;
      ranked.forEach((row, rank) => {
        if (row.related) out[row.i] = ++seen / (rank + 1);
      });
      return out;
    };
    const id = (position: number): string => full.skills[position]?.id as string;
    tell(`related skills, ${name}`, `1 : 1 with random pairs; occupations of part ${FRESH} taken out`, 'AUC-PR', precision((a, b) => search.related(id(a), id(b))), precision((a, b) => bm25.between(texts[a]?.text ?? '', b)), precision((a, b) => grams.between(texts[a]?.text ?? '', b)));
  }
}

function profileToVacancy(full: SkillTables): void {
  const dice = new Dice(43);
  const pick = <T>(items: readonly T[], count: number): T[] => {
    const left = [...items];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(dice.below(left.length), 1)[0] as T);
  };
  const large = full.occupations.filter((o) => o.skills.length >= 14);
  const held = large.filter((o) => partOf('occ', o.title, OCCUPATION_PARTS) === FRESH).slice(0, 200);
  const ids = new Set(held.map((o) => o.id));
  const tables = { ...full, occupations: full.occupations.filter((o) => !ids.has(o.id)) };
  const search = new SkillSearch(tables);
  const noise = large.filter((o) => !ids.has(o.id) && hashOf(`n${o.title}`) % 4 === 0);
  const adverts = [...held.flatMap((o) => [o, o]), ...noise].map((o, at) => ({ id: `v${at}`, occupation: o, title: o.title, skillIds: pick(o.skills, 8 + dice.below(5)).map(([skill]) => full.skills[skill]?.id as string) }));
  const label = new Map(full.skills.map((skill) => [skill.id, [skill.label, ...skill.aliases].join(' . ')]));
  const texts = adverts.map((advert) => ({ id: advert.id, text: [advert.title, ...advert.skillIds.map((id) => label.get(id) ?? '')].join(' . ') }));
  const ours = search.advertsFor(adverts);
  const bm25 = new Bm25(texts);
  const grams = new GramSearch(texts);
  const rows = held.map((o) => {
    const phrases = pick(o.skills, 6).map(([skill]) => {
      const row = full.skills[skill];
      return row === undefined ? '' : dice.one([row.label, ...row.aliases]);
    });
    const grade = new Map(adverts.map((advert) => [advert.id, advert.occupation === o ? 2 : advert.occupation.isco === o.isco ? 1 : 0]));
    const gains = (hits: readonly { id: string }[]) => ({
      ndcg: discountedGain(hits.map((hit) => 2 ** (grade.get(hit.id) ?? 0) - 1), [...grade.values()].map((g) => 2 ** g - 1), 10),
      first: (grade.get(hits[0]?.id ?? '') ?? 0) > 0 ? 1 : 0,
    });
    const query = phrases.join(' . ');
    return { ours: gains(ours(phrases, 10)), bm25: gains(bm25.find(query, 10)), grams: gains(grams.find(query, 10)) };
  });
  const split = `profiles of 6 names, ${adverts.length} adverts; occupations of part ${FRESH}, unseen`;
  tell('profile->vacancy', split, 'nDCG@10', rows.map((r) => r.ours.ndcg), rows.map((r) => r.bm25.ndcg), rows.map((r) => r.grams.ndcg));
  tell('profile->vacancy', split, 'first hit of the same occupation or group', rows.map((r) => r.ours.first), rows.map((r) => r.bm25.first), rows.map((r) => r.grams.first));
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
profileToVacancy(full);
