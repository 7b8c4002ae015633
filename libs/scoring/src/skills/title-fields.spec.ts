import { inner } from './latent-space.js';
import { stemsIn, TitleFeatures } from './title-features.js';
import { TitleFields } from './title-fields.js';
import { WordCompany } from './word-company.js';

const occupations = [['baker', '7512'], ['pastry baker', '7512'], ['welder', '7212'], ['steel welder', '7212'], ['butcher', '7511'], ['nurse', '2221']].map(([title = '', isco = ''], at) => ({ id: `O${at}`, title, isco, medtech: false, skills: [] }));
const names = [['knead dough', 'knead loaf'], ['join girder', 'join steel']].map((list) => new Map(list.flatMap((name) => [...stemsIn(name)])));
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
    expect(alike('girder', 'welder')).toBeGreaterThan(alike('girder', 'baker'));
  });

  it('says nothing of an unknown text or of an empty folder, and the same each time', () => {
    expect(alike('zzz', 'baker')).toBe(0);
    expect([...over(occupations).of('baker')]).toEqual([...fields.of('baker')]);
    expect([...over([]).of('baker')]).toEqual([0]);
  });
});
