import { ReferenceService } from './reference.service.js';

const reference = new ReferenceService();

describe('skills that can be held and asked for', () => {
  it('are those of the taxonomy, in their clusters, and those of ESCO, in none', () => {
    expect(reference.skill('python')).toMatchObject({ id: 'python', cluster: 'ai-data' });
    const [found] = reference.skillsNamed('customer serv', 1);
    expect(found).toMatchObject({ label: 'customer service', cluster: null, kind: 'SKILL', certainty: 'sourced' });
    expect(found?.escoUri).toMatch(/^http:\/\/data\.europa\.eu\/esco\/skill\/[0-9a-f-]{36}$/);
    expect(reference.hasSkill(found?.id ?? '')).toBe(true);
    expect(reference.skill(found?.id ?? '')).toEqual(found);
  });

  it('have one id each: what both have goes by the taxonomy’s', () => {
    const { graph } = reference.scoring;
    const twins = reference.skillsNamed('python', 20).map(({ id }) => id);
    expect(twins).toContain('python');
    for (let n = 0; n < 14_000; n += 1) {
      const id = `S${String(n).padStart(5, '0')}`;
      if (graph.position(id) === graph.position('python')) expect(reference.hasSkill(id)).toBe(false);
    }
    expect(['', 'UK:1', 'S99999', '__proto__'].filter((id) => reference.hasSkill(id))).toEqual([]);
  });

  it('are called in a file by key, by a name of the taxonomy, or by a name of ESCO that is one skill’s alone', () => {
    expect(reference.skillCalled('Python')).toBe('python');
    expect(reference.skillCalled('soldered circuit boards')).toBe(reference.skillCalled('Soldering'));
    const service = reference.skillCalled('Customer service');
    expect(reference.skill(service ?? '')?.label).toBe('customer service');
    expect(reference.skillCalled(service ?? '')).toBe(service);
    expect(['', 'juggling with knives', 'x'.repeat(100_000)].map((text) => reference.skillCalled(text))).toEqual([null, null, null]);
  });

  it('are found by words of adverts', () => {
    expect(reference.skillsNamed('oscilloscope', 3).map(({ label }) => label)).not.toEqual([]);
    expect(reference.skillsNamed('', 3)).toEqual([]);
  });
});
