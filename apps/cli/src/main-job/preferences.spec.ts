import { employerGroups, learnerGroups, type Suggested } from './preferences.js';

const suggested: Suggested[] = Array.from({ length: 20 }, (_, i) => ({ vacancyId: `v${i}`, score: 9000 - 100 * i }));

describe('the preferences of the demonstration region', () => {
  it('are the same for the same seed and person, and others for another', () => {
    const first = learnerGroups('1', '9900000012', suggested);
    expect(learnerGroups('1', '9900000012', suggested)).toEqual(first);
    expect(learnerGroups('2', '9900000012', suggested)).not.toEqual(first);
    expect(learnerGroups('1', '9900000031', suggested)).not.toEqual(first);
  });

  it('name 8 to 14 suggested vacancies, each once; a few learners stay silent and a few tie', () => {
    const lists = Array.from({ length: 1000 }, (_, i) => learnerGroups('1', `p${i}`, suggested));
    const spoken = lists.filter((groups) => groups.length > 0);
    expect(lists.length - spoken.length).toBeGreaterThan(10);
    expect(lists.length - spoken.length).toBeLessThan(60);
    for (const groups of spoken) {
      const entries = groups.flat();
      expect(entries.length).toBeGreaterThanOrEqual(8);
      expect(entries.length).toBeLessThanOrEqual(14);
      expect(new Set(entries).size).toBe(entries.length);
    }
    expect(spoken.some((groups) => groups.some((group) => group.length > 1))).toBe(true);
  });

  it('are all there is where a learner has fewer suggestions, and empty where there are none', () => {
    expect(learnerGroups('1', 'p1', suggested.slice(0, 3)).flat().sort()).toEqual(['v0', 'v1', 'v2']);
    expect(learnerGroups('1', 'p1', [])).toEqual([]);
  });

  it('of employers take every candidate once, those with the skills asked for first', () => {
    const candidates = Array.from({ length: 50 }, (_, i) => ({ candidateId: `c${i}`, evidence: i % 2 === 0 ? ['Assessed on my course: CAD software.', 'Soldering: part of my weekend job.'] : ['I learnt sewing at home.'] }));
    const groups = employerGroups('1', 'host', candidates, [{ names: ['cad software', 'solidworks'], weight: 3 }, { names: ['soldering'], weight: 2 }]);
    expect(groups.flat().toSorted()).toEqual(candidates.map((c) => c.candidateId).toSorted());
    const order = groups.flat();
    expect(order.slice(0, 25).every((id) => Number(id.slice(1)) % 2 === 0)).toBe(true);
    expect(employerGroups('1', 'host', [], [])).toEqual([]);
  });
});
