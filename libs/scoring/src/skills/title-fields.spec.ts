import { inner } from './latent-space.js';
import { stemsIn, TitleFeatures } from './title-features.js';
import { TitleFields } from './title-fields.js';
import { WordCompany } from './word-company.js';

const occupations = [['baker', '7512'], ['pastry baker', '7512'], ['welder', '7212'], ['steel welder', '7212'], ['butcher', '7511'], ['nurse', '2221']].map(([title = '', isco = ''], at) => ({ id: `O${at}`, title, isco, medtech: false, skills: [] }));
const names = [['knead dough', 'knead loaf', 'knead pastry'], ['join girder', 'join steel']].map((list) => new Map(list.flatMap((name) => [...stemsIn(name)])));
const over = (list: typeof occupations) => {
  const features = new TitleFeatures(list.map(({ title }) => title), names);
  return new TitleFields(list, features, new WordCompany(names.map((name) => new Map(features.ofTerms(name))), features.size));
};

describe('learned fields of titles', () => {
  const fields = over(occupations);
  const alike = (a: string, b: string): number => inner(fields.of(a), fields.of(b));

  it('lays titles together whose words or letters mean the same groups, though they share none', () => {
    expect(alike('pastry', 'bakers')).toBeGreaterThan(0.8);
    expect(alike('steel', 'welding')).toBeGreaterThan(0.8);
  });

  it('lays a title nearer to one of its sub-major group than to another', () => {
    expect(alike('pastry', 'butcher')).toBeGreaterThan(alike('pastry', 'nurse'));
  });

  it('reads words that no title has by the names of skills they stand in', () => {
    // Without a letter in common: a loaf is kneaded as pastry is, and only names of skills say so.
    expect(alike('loaf', 'pastry')).toBeGreaterThan(alike('loaf', 'nurse') + 0.1);
  });

  it('reads the same words otherwise under another last word, once three titles end in it', () => {
    // Neither word alone tells the group: makers of loaves and keepers of steel lie in one, the others in another.
    const crossed = [['loaf maker', '7511'], ['dough maker', '7511'], ['steel maker', '3111'], ['girder maker', '3111'], ['loaf keeper', '3111'], ['dough keeper', '3111'], ['steel keeper', '7511'], ['girder keeper', '7511']];
    const trained = over(crossed.map(([title = '', isco = ''], at) => ({ id: `C${at}`, title, isco, medtech: false, skills: [] })));
    const apart = (a: string, b: string): number => inner(trained.of(a), trained.of(b));
    expect(apart('loaf maker', 'steel keeper')).toBeGreaterThan(apart('loaf maker', 'steel maker') + 0.1);
  });

  it('says nothing of an unknown text or of an empty folder, and the same each time', () => {
    expect(alike('zzz', 'baker')).toBe(0);
    expect([...over(occupations).of('baker')]).toEqual([...fields.of('baker')]);
    expect([...over([]).of('baker')]).toEqual([0]);
  });
});
