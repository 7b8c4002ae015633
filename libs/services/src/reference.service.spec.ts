import { ReferenceService } from './reference.service.js';

const reference = new ReferenceService();
const idOf = (label: string): string => reference.scoring.graph.nodes.find((node) => node.label === label)?.id ?? '';

describe('skills that can be held and asked for', () => {
  it('are those of the taxonomy, in their clusters, and those of ESCO, in none', () => {
    expect(reference.skill('python')).toMatchObject({ id: 'python', cluster: 'ai-data' });
    const service = idOf('customer service');
    expect(reference.skill(service)).toMatchObject({ label: 'customer service', cluster: null, kind: 'SKILL', certainty: 'sourced' });
    expect(reference.skill(service)?.escoUri).toMatch(/^http:\/\/data\.europa\.eu\/esco\/skill\/[0-9a-f-]{36}$/);
    expect(reference.hasSkill(service)).toBe(true);
  });

  it('have one id each: what both have goes by the taxonomy’s', () => {
    const { graph } = reference.scoring;
    const ids = Array.from({ length: 13_896 }, (_, n) => `S${String(n).padStart(5, '0')}`);
    const twins = ids.filter((id) => graph.position(id) >= 0 && graph.nodes[graph.position(id)]?.id !== id);
    expect(twins.length).toBeGreaterThan(100);
    expect(twins.filter((id) => reference.hasSkill(id))).toEqual([]);
    expect(ids.filter((id) => !twins.includes(id) && !reference.hasSkill(id))).toEqual([]);
    expect(['', 'UK:1', 'S99999', 's00001', '__proto__'].filter((id) => reference.hasSkill(id))).toEqual([]);
  });

  it('are called in a file by key, by label, or by another name of the taxonomy, and by nothing looser', () => {
    expect(reference.skillCalled('Python')).toBe('python');
    for (const synonym of reference.data.skills.byId.get('soldering')?.synonyms ?? ['none']) expect(reference.skillCalled(synonym)).toBe('soldering');
    expect(reference.skillCalled('Customer service')).toBe(idOf('customer service'));
    expect(reference.skillCalled(idOf('customer service'))).toBe(idOf('customer service'));
    // A name of an advert helps to find a skill; nobody has confirmed it here.
    expect(['', 'stock take', 'juggling with knives', 'x'.repeat(100_000)].map((text) => reference.skillCalled(text))).toEqual([null, null, null, null]);
  });

  it('come back from a list of labels as what they were', () => {
    const { nodes } = reference.scoring.graph;
    expect(nodes.filter((node) => node.id !== node.cluster && reference.skillCalled(node.label) !== node.id).map(({ id, label }) => `${id} ${label}`)).toEqual([]);
  });
});
