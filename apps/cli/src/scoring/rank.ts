import type { Hit, SkillSearch } from '@meriden/scoring';
import { EXIT, WrongUsage, type Exit, type Terminal } from '../terminal/terminal.js';
import { cellsOf, fromDisk, openFolder, readGiven, type ReadFile } from './reference-folder.js';

export const RANK_TASKS = ['title-title', 'title-occupation', 'phrase-skill', 'title-skills', 'profile-vacancy'] as const;
export type RankTask = (typeof RANK_TASKS)[number];

export type RankFlags = Readonly<{ task: RankTask; reference: string; queries: string; corpus?: string; top: number }>;

type Query = Readonly<{ id: string; text: string; sentence: string }>;

/** Relevance on a given folder: TREC run lines, best first, through the functions that the service uses. */
export async function rank(flags: RankFlags, terminal: Terminal, read: ReadFile = fromDisk): Promise<Exit> {
  const queries = cellsOf(readGiven(flags.queries, read)).map(([id = '', text = '', sentence = '']): Query => ({ id, text, sentence }));
  const corpus = flags.corpus === undefined ? null : cellsOf(readGiven(flags.corpus, read));
  const answer = rankerOf(flags.task, openFolder(flags.reference, read), corpus);
  for (const query of queries) {
    answer(query, flags.top).forEach((hit, i) => terminal.line(`${query.id} Q0 ${hit.id} ${i + 1} ${hit.score.toFixed(6)} meriden`));
  }
  return EXIT.done;
}

function rankerOf(task: RankTask, search: SkillSearch, corpus: readonly (readonly string[])[] | null): (query: Query, top: number) => readonly Hit[] {
  const only = new Set((corpus ?? []).map(([id = '']) => id));
  const within = (hits: readonly Hit[], top: number): readonly Hit[] => (corpus === null ? hits : hits.filter((hit) => only.has(hit.id))).slice(0, top);
  const reach = (top: number): number => (corpus === null ? top : Number.MAX_SAFE_INTEGER);
  const titled = () => (corpus ?? []).map(([id = '', title = '']) => ({ id, title }));
  switch (task) {
    case 'phrase-skill':
      return (query, top) => within(search.skillsForPhrase(query.text, reach(top), query.sentence), top);
    case 'title-skills':
      return (query, top) => within(search.skillsForTitle(query.text, reach(top)), top);
    case 'title-occupation': {
      if (corpus === null) return (query, top) => search.occupationsForTitle(query.text, top);
      const ranker = search.titlesLike(titled());
      return (query, top) => ranker(query.text, top);
    }
    case 'title-title': {
      if (corpus === null) throw new WrongUsage('title-title needs --corpus: id<TAB>title.');
      const ranker = search.titlesLike(titled());
      return (query, top) => ranker(query.text, top);
    }
    case 'profile-vacancy': {
      if (corpus === null) throw new WrongUsage('profile-vacancy needs --corpus: id<TAB>title<TAB>skill ids separated by spaces.');
      const ranker = search.advertsFor(corpus.map(([id = '', title = '', skills = '']) => ({ id, title, skillIds: skills.split(/\s+/).filter((skill) => skill !== '') })));
      return (query, top) => ranker(query.text.split('|').map((phrase) => phrase.trim()).filter((phrase) => phrase !== ''), top);
    }
  }
}
