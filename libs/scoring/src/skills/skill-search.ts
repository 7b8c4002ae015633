import type { SkillTables } from './esco-tables.js';
import { Linker, type SkillSpan } from './linker.js';
import { PhraseFinder } from './phrase-finder.js';
import { ProfileRanker } from './profile-ranker.js';
import { Relatedness } from './relatedness.js';
import { SkillSpace } from './skill-space.js';
import { topOf } from './text-index.js';
import { TitleFinder } from './title-finder.js';

/** One answer: id of the document and a score to order by. */
export type Hit = Readonly<{ id: string; score: number }>;

export type TitleEntry = Readonly<{ id: string; title: string }>;
export type AdvertEntry = Readonly<{ id: string; title: string; skillIds: readonly string[] }>;

/** How much the sentence around a phrase adds to its likeness. */
const CONTEXT = 0.08;

/**
 * Everything that can be asked of one reference folder: which skills a phrase, a title or a text means, which occupations,
 * titles and adverts are like one, how related two skills are. Parts are built when first needed and kept. The same folder and
 * the same question give the same answer on every machine; ties go by position in the folder or list.
 */
export class SkillSearch {
  #phrases: PhraseFinder | null = null;
  #space: SkillSpace | null = null;
  #titles: TitleFinder | null = null;
  #relatedness: Relatedness | null = null;
  #linker: Linker | null = null;

  constructor(readonly tables: SkillTables) {}

  /** Skills for a phrase; the sentence it stands in, if given, decides between near ones. */
  skillsForPhrase(phrase: string, top: number, sentence = ''): readonly Hit[] {
    const likeness = this.phrases.likeness(phrase);
    if (sentence !== '' && sentence !== phrase) {
      const around = this.phrases.likeness(sentence);
      for (let i = 0; i < likeness.length; i++) if ((likeness[i] as number) > 0) likeness[i]! += CONTEXT * (around[i] as number);
    }
    return this.#skillHits(likeness, top);
  }

  skillsForTitle(title: string, top: number): readonly Hit[] {
    return this.#skillHits(this.titles.skillsOf(title), top);
  }

  occupationsForTitle(title: string, top: number): readonly Hit[] {
    return topOf(this.titles.occupationsOf(title), top).map(([at, score]) => ({ id: this.tables.occupations[at]?.id ?? '', score }));
  }

  /** A ranker over a list of titles. */
  titlesLike(corpus: readonly TitleEntry[]): (title: string, top: number) => readonly Hit[] {
    const rank = this.titles.over(corpus.map((entry) => entry.title));
    return (title, top) => topOf(rank(title), top).map(([at, score]) => ({ id: corpus[at]?.id ?? '', score }));
  }

  /** A ranker of adverts for profiles of skill phrases. Skill ids that the folder does not know are left out. */
  advertsFor(corpus: readonly AdvertEntry[]): (phrases: readonly string[], top: number) => readonly Hit[] {
    const adverts = corpus.map((entry) => ({
      title: entry.title,
      skills: entry.skillIds.flatMap((id) => {
        const position = this.tables.positions.get(id);
        return position === undefined ? [] : [position];
      }),
    }));
    const ranker = new ProfileRanker({ tables: this.tables, phrases: this.phrases, titles: this.titles, relatedness: this.relatedness, space: this.space }, adverts);
    return (phrases, top) => topOf(ranker.rank(phrases), top).map(([at, score]) => ({ id: corpus[at]?.id ?? '', score }));
  }

  /** 0 to 1, by skill id. */
  related(a: string, b: string): number {
    return this.relatedness.between(a, b);
  }

  /** Skills named in a text, with places in code points. */
  link(text: string): readonly (SkillSpan & Readonly<{ skillId: string }>)[] {
    this.#linker ??= new Linker(this.tables.skills, this.phrases);
    return this.#linker.link(text).map((span) => ({ ...span, skillId: this.tables.skills[span.skill]?.id ?? '' }));
  }

  get relatedness(): Relatedness {
    return (this.#relatedness ??= new Relatedness(this.tables, this.space));
  }

  private get phrases(): PhraseFinder {
    return (this.#phrases ??= new PhraseFinder(this.tables));
  }

  private get space(): SkillSpace {
    return (this.#space ??= new SkillSpace(this.tables));
  }

  private get titles(): TitleFinder {
    return (this.#titles ??= new TitleFinder(this.tables, this.space));
  }

  #skillHits(scores: Float64Array, top: number): readonly Hit[] {
    return topOf(scores, top).map(([at, score]) => ({ id: this.tables.skills[at]?.id ?? '', score }));
  }
}
