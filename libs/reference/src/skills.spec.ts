import fc from 'fast-check';
import { referenceData } from '../../../test/support/reference-data.js';
import { ancestors, broader, findSkills, narrower, related, skillByName } from './skills.js';

const { skills } = referenceData();
const found = (text: string) => findSkills(skills, text).map((mention) => mention.skillId);

describe('findSkills', () => {
  it('finds labels and synonyms as whole words, longest first, in order', () => {
    expect(found('Used Python and SQL for medical image AI; some 3D printing.')).toEqual(['python', 'sql', 'computer-vision', 'additive-manufacturing']);
    expect(found('pythonic sqlite')).toEqual([]);
  });

  it('finds every label and synonym it knows when typed alone, in any case', () => {
    for (const skill of skills.byId.values()) {
      for (const name of [skill.label, ...skill.synonyms]) {
        expect([name, found(name)]).toEqual([name, [skill.id]]);
        expect([name, found(name.toLowerCase())]).toEqual([name, [skill.id]]);
        expect(skillByName(skills, name)?.id).toBe(skill.id);
      }
    }
  });

  it('does not take 5 ml, Ann, or R&D for skills, but does take ML and R in capitals', () => {
    expect(found('Ann pipetted 5 ml, worked in R&D and was nice')).toEqual([]);
    expect(found('I trained ML models in R')).toEqual(['machine-learning', 'r-language']);
  });

  it('gives the offsets of the words as written', () => {
    const text = 'At home I did  iso  13485 audits';
    for (const mention of findSkills(skills, text)) expect(text.slice(mention.start, mention.end)).toBe(mention.text);
    expect(findSkills(skills, text)[0]).toMatchObject({ skillId: 'iso-13485', text: 'iso  13485' });
  });

  it('overlaps nothing, whatever the text', () => {
    const words = fc.array(fc.constantFrom('medical', 'device', 'image', 'AI', 'data', 'R', 'machine', 'learning', 'clinical', 'trials', '&', ',', 'sensors'), { maxLength: 20 });
    fc.assert(
      fc.property(words, (list) => {
        const text = list.join(' ');
        let last = 0;
        for (const mention of findSkills(skills, text)) {
          expect(mention.start).toBeGreaterThanOrEqual(last);
          expect(text.slice(mention.start, mention.end)).toBe(mention.text);
          last = mention.end;
        }
      }),
    );
  });
});

describe('the skill graph', () => {
  it('joins related skills both ways and broader to narrower', () => {
    for (const id of skills.byId.keys()) {
      for (const other of related(skills, id)) expect(related(skills, other)).toContain(id);
      for (const up of broader(skills, id)) expect(narrower(skills, up)).toContain(id);
    }
    expect(related(skills, 'sensors')).toContain('iot');
  });

  it('leads every skill up to a group, nearest first', () => {
    for (const skill of skills.byId.values()) {
      if (skill.kind === 'GROUP') continue;
      expect([skill.id, ancestors(skills, skill.id).some((id) => skills.byId.get(id)?.kind === 'GROUP')]).toEqual([skill.id, true]);
    }
    expect(ancestors(skills, 'deep-learning')).toEqual(['machine-learning', 'ai-data']);
  });

  it('has twelve clusters, each with a group, and answers an unknown id with nothing', () => {
    expect(skills.clusters).toHaveLength(12);
    expect([broader(skills, 'no-such'), related(skills, 'no-such'), ancestors(skills, 'no-such')]).toEqual([[], [], []]);
  });
});
