import { inner } from './latent-space.js';
import { TitleFeatures } from './title-features.js';
import { TitleFields } from './title-fields.js';

const occupations = [['baker', '7512'], ['pastry baker', '7512'], ['welder', '7212'], ['steel welder', '7212'], ['nurse', '2221']].map(([title = '', isco = ''], at) => ({ id: `O${at}`, title, isco, medtech: false, skills: [] }));
const over = (list: typeof occupations) => new TitleFields(list, new TitleFeatures(list.map(({ title }) => title), []));

describe('learned fields of titles', () => {
  const fields = over(occupations);
  const alike = (a: string, b: string): number => inner(fields.of(a), fields.of(b));

  it('lays titles together whose words or letters mean the same groups, though they share none', () => {
    expect(alike('pastry', 'bakers')).toBeGreaterThan(0.8);
    expect(alike('steel', 'welding')).toBeGreaterThan(0.8);
  });

  it('lays trades nearer to each other than to another major group', () => {
    expect(alike('pastry', 'steel')).toBeGreaterThan(alike('pastry', 'nurse'));
  });

  it('says nothing of an unknown text or of an empty folder, and the same each time', () => {
    expect(alike('zzz', 'baker')).toBe(0);
    expect([...over(occupations).of('baker')]).toEqual([...fields.of('baker')]);
    expect([...over([]).of('baker')]).toEqual([0]);
  });
});
