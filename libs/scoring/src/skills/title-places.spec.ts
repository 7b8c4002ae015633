import { parseTables } from './esco-tables.js';
import { SkillSpace } from './skill-space.js';
import { titleWordsOf } from './title-features.js';
import { TitlePlaces } from './title-places.js';

const rows = (header: string, ...lines: string[]): string => [header, ...lines].join('\n');
const tables = parseTables({
  'skills.tsv': rows('skill_id\tesco_uuid\ttype\treuse\tpreferred_label', 'S0\ta\tk\tc\tknead dough', 'S1\tb\tk\tc\tproof loaves', 'S2\tc\tk\tc\tweld steel', 'S3\td\tk\tc\tgrind metal'),
  'aliases.tsv': rows('skill_id\talias', 'S2\tjoin girders'),
  'occupations.tsv': rows('occ_id\tesco_uuid\tisco08\tmedtech\tpreferred_label', 'O0\tx\t7512\t0\tbaker', 'O1\ty\t7512\t0\tpastry maker', 'O2\tz\t7212\t0\twelder', 'O3\tw\t7212\t0\tfitter', 'O4\tv\t1111\t0\tmayor'),
  'occupation_skill.tsv': rows('occ_id\tskill_id\tgrade', 'O0\tS0\t2', 'O0\tS1\t2', 'O1\tS0\t2', 'O1\tS1\t1', 'O2\tS2\t2', 'O2\tS3\t2', 'O3\tS2\t1', 'O3\tS3\t2'),
});

describe('learned places of titles', () => {
  const space = new SkillSpace(tables);
  const places = new TitlePlaces(tables, space, new Float64Array(4).fill(1));
  const near = (title: string): number[] => [...places.occupationsNear(places.of(title))];

  it('lays a title among the occupations that share its words or letters', () => {
    const [baker = 0, , , fitter = 0] = near('master bakers');
    expect(baker).toBeGreaterThan(fitter);
  });

  it('reads words that only the names of skills have', () => {
    const [baker = 0, , welder = 0] = near('girder hand');
    expect(welder).toBeGreaterThan(baker);
  });

  it('says nothing of an unknown text or of an occupation without skills, and the same each time', () => {
    expect(near('zzz')).toEqual([0, 0, 0, 0, 0]);
    expect(near('mayor')[4]).toBe(0);
    expect([...new TitlePlaces(tables, space, new Float64Array(4).fill(1)).of('baker')]).toEqual([...places.of('baker')]);
    const nothing = parseTables({});
    expect(new TitlePlaces(nothing, new SkillSpace(nothing), new Float64Array(0)).occupationsNear(new Float64Array(0))).toHaveLength(0);
  });

  it('leaves out what only holds a title together', () => {
    expect(titleWordsOf('Head of the bakery')).toEqual(['head', 'bakery']);
  });
});
