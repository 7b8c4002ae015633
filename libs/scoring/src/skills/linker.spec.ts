import { parseTables } from './esco-tables.js';
import { Linker } from './linker.js';
import { withNames } from './more-names.js';
import { PhraseFinder } from './phrase-finder.js';

const tables = parseTables({
  'skills.tsv': 'skill_id\tesco_uuid\ttype\treuse\tpreferred_label\nS1\tu1\tk\tc\tPython (computer programming)\nS2\tu2\tk\tc\tSQL\nS3\tu3\tk\tc\tJava (computer programming)\nS4\tu4\ts\tc\tapply soldering techniques\nS5\tu5\ts\tc\ttechnical drawings\nS6\tu6\tk\tc\tTForm\nS7\tu7\ts\tc\trepair medical devices\n',
  'aliases.tsv': 'skill_id\talias\nS4\tsolder circuit boards\nS5\ttechnical plans\nS7\tfix medical equipment\n',
});
const linker = new Linker(tables.skills, new PhraseFinder(tables));
const linked = (text: string): string[] =>
  linker.link(text).map((span) => `${[...text].slice(span.start, span.end).join('')} = ${tables.skills[span.skill]?.id}`);

describe('linking', () => {
  it('takes whole words only: a platform is no TForm', () => {
    expect(linked('We run a platform.')).toEqual([]);
    expect(linked('We run TForm.')).toEqual(['TForm = S6']);
  });
  it('hears two skills in "SQL and Java" and one in "Python (primary)"', () => {
    expect(linked('SQL and Java')).toEqual(['SQL = S2', 'Java = S3']);
    expect(linked('Python (primary)')).toEqual(['Python = S1']);
  });
  it('takes no denial for a claim, and hears what comes after "but"', () => {
    expect(linked('no experience of Java, or SQL')).toEqual([]);
    expect(linked('I have never used SQL but I know Python.')).toEqual(['Python = S1']);
    expect(linked('not only Java but also SQL')).toEqual(['Java = S3', 'SQL = S2']);
    expect(linked('No Java. SQL yes.')).toEqual(['SQL = S2']);
  });
  it('hears a name with a point in it, and no further than the sentence', () => {
    const pointed = new Linker([{ label: 'ASP.NET', aliases: [] }, { label: 'Node.js', aliases: ['JavaScript run-time'] }], null);
    const heard = (text: string): string[] => pointed.link(text).map((span) => [...text].slice(span.start, span.end).join(''));
    expect(heard('I used ASP.NET, and Node.js.')).toEqual(['ASP.NET', 'Node.js']);
    expect(heard('I never used Node.js. ASP.NET I like.')).toEqual(['ASP.NET']);
    expect(heard('We plan the ASP. NET profit rose. One node. js')).toEqual([]);
  });
  it('knows another form and another order of a name', () => {
    expect(linked('At college I soldered circuit boards')).toEqual(['soldered circuit boards = S4']);
    expect(linked('drawings: technical; plans, technical drawings')).toEqual(['technical drawings = S5']);
    expect(linked('fixing of medical equipment')).toEqual(['fixing of medical equipment = S7']);
  });
  it('counts places in code points', () => {
    expect(linker.link('😀 Café SQL')[0]).toMatchObject({ start: 7, end: 10, score: 1 });
  });
  it('gives the learner’s own words', () => {
    expect(linker.quote('Last year I soldered circuit boards with Ms Jones', new Set([3]))).toBe('soldered circuit boards');
    expect(linker.quote('nothing of the sort', new Set([3]))).toBe('');
  });
  it('survives an empty text and a megabyte', () => {
    expect(linked('')).toEqual([]);
    expect(linker.link('Python '.repeat(150_000)).length).toBeGreaterThan(1000);
  });
  it('hears an operator’s alias at once', () => {
    const more = withNames(tables, [{ skill: 'u4', name: 'tinning wires' }, { skill: 'unknown', name: 'x' }]);
    expect(new Linker(more.skills, null).link('tinning wires').map((span) => more.skills[span.skill]?.id)).toEqual(['S4']);
  });
});
