import { digest } from '../../../test/enumerator/digest.js';
import type { MatchingError } from './index.js';
import { FAMILIES, MATCHING_ERROR_CODES, MAX_CAPACITY, MAX_ENTRIES, MAX_TEXT, parseInstance, parseJson, solve } from './index.js';

const good = {
  format: 'placement-matching-instance/1',
  id: 'i',
  family: 'SPA-ST',
  learners: [{ id: 's1', preferences: [['v1'], ['v2', 'v9']] }, { id: 's2', preferences: [] }],
  vacancies: [{ id: 'v1', capacity: 1, employer: 'e1' }, { id: 'v2', capacity: 0, employer: 'e1' }],
  employers: [{ id: 'e1', capacity: 2, preferences: [['s2', 's1']] }],
};
const hr = { ...good, family: 'HRT', vacancies: [{ id: 'v1', capacity: 1, preferences: [['s1']] }], employers: undefined };
const change = (over: object): unknown => ({ ...good, ...over });

function refusal(source: unknown): { code: string; place: string } {
  try {
    parseInstance(source);
  } catch (error) {
    const { code, place, remedy } = error as MatchingError;
    expect(MATCHING_ERROR_CODES).toContain(code);
    expect(remedy.length).toBeGreaterThan(5);
    return { code, place };
  }
  throw new Error('was accepted');
}

describe('parseInstance', () => {
  it('reads what is right, undeclared entries included', () => {
    expect(parseInstance(JSON.stringify(good)).learners[0]!.preferences).toEqual([['v1'], ['v2', 'v9']]);
    expect(parseInstance(hr).family).toBe('HRT');
    for (const family of FAMILIES) expect(parseInstance({ ...(family.startsWith('SPA') ? good : hr), family, previousMatching: {} }).family).toBe(family);
    expect(parseInstance(change({ vacancies: [{ id: 'v1', capacity: MAX_CAPACITY, employer: 'e1' }] })).vacancies[0]!.capacity).toBe(MAX_CAPACITY);
  });

  it.each([
    ['not JSON', '{', 'file', 'malformed'],
    ['a list', [], 'file', 'malformed'],
    ['another format', change({ format: 'x/2' }), 'format', 'malformed'],
    ['an unknown family', change({ family: 'XYZ' }), 'family', 'malformed'],
    ['no learners', change({ learners: undefined }), 'learners', 'malformed'],
    ['a negative capacity', change({ vacancies: [{ id: 'v1', capacity: -1, employer: 'e1' }] }), 'vacancies[0].capacity', 'malformed'],
    ['half an opening', change({ vacancies: [{ id: 'v1', capacity: 0.5, employer: 'e1' }] }), 'vacancies[0].capacity', 'malformed'],
    ['a huge capacity', change({ employers: [{ id: 'e1', capacity: 1e9, preferences: [] }] }), 'employers[0].capacity', 'malformed'],
    ['a quota above the capacity', change({ vacancies: [{ id: 'v1', capacity: 1, lowerQuota: 2, employer: 'e1' }] }), 'vacancies[0].lowerQuota', 'contradictory'],
    ['a flat list', change({ learners: [{ id: 's1', preferences: ['v1'] }] }), 'learners[0].preferences[0]', 'malformed'],
    ['an id that is no text', change({ learners: [{ id: 's1', preferences: [[7]] }] }), 'learners[0].preferences[0][0]', 'malformed'],
    ['a duplicate entry', change({ learners: [{ id: 's1', preferences: [['v1'], ['v2', 'v1']] }] }), 'learners[0].preferences[1][1]', 'contradictory'],
    ['a duplicate entry that nobody declared', change({ learners: [{ id: 's1', preferences: [['v9'], ['v9']] }] }), 'learners[0].preferences[1][0]', 'contradictory'],
    ['a learner whom an employer ranks twice', change({ employers: [{ id: 'e1', capacity: 2, preferences: [['s1', 's2'], ['s1']] }] }), 'employers[0].preferences[1][0]', 'contradictory'],
    ['a learner whom a vacancy ranks twice', { ...hr, vacancies: [{ id: 'v1', capacity: 1, preferences: [['s1'], ['s1']] }] }, 'vacancies[0].preferences[1][0]', 'contradictory'],
    ['a learner twice on a list that decides nothing', { ...hr, employers: [{ id: 'e1', capacity: 1, preferences: [['x', 'x']] }] }, 'employers[0].preferences[0][1]', 'contradictory'],
    ['a duplicate learner', change({ learners: [...good.learners, { id: 's1', preferences: [] }] }), 'learners[2].id', 'contradictory'],
    ['an undeclared employer', change({ vacancies: [{ id: 'v1', capacity: 1, employer: 'e7' }] }), 'vacancies[0].employer', 'contradictory'],
    ['no employer', change({ vacancies: [{ id: 'v1', capacity: 1 }] }), 'vacancies[0].employer', 'malformed'],
    ['two who rank', change({ vacancies: [{ id: 'v1', capacity: 1, employer: 'e1', preferences: [] }] }), 'vacancies[0].preferences', 'contradictory'],
    ['an employer who does not rank', change({ employers: [{ id: 'e1', capacity: 1 }] }), 'employers[0].preferences', 'malformed'],
    ['a vacancy that does not rank', { ...hr, vacancies: [{ id: 'v1', capacity: 1 }] }, 'vacancies[0].preferences', 'malformed'],
    ['a rerun without a past', { ...hr, family: 'RERUN' }, 'previousMatching', 'malformed'],
    ['a lock on nobody', change({ locks: [{ learner: 's9', vacancy: 'v1', name: 'x' }] }), 'locks[0].learner', 'contradictory'],
    ['a lock beyond the openings', change({ locks: [{ learner: 's1', vacancy: 'v2', name: 'x' }] }), 'locks[0]', 'contradictory'],
    ['two locks on one learner', change({ locks: [{ learner: 's1', vacancy: 'v1', name: 'x' }, { learner: 's1', vacancy: 'v1', name: 'y' }] }), 'locks[1].learner', 'contradictory'],
    ['cyclic groups', change({ groups: [{ id: 'a', kind: 'campus', parent: 'b' }, { id: 'b', kind: 'campus', parent: 'a' }] }), 'groups[0].parent', 'contradictory'],
    ['a lost parent', change({ groups: [{ id: 'a', kind: 'campus', parent: 'b' }] }), 'groups[0].parent', 'contradictory'],
  ])('refuses %s, naming the place', (_what, source, place, code) => {
    expect(refusal(source)).toEqual({ place, code });
  });

  it('refuses locks beyond what the employer takes', () => {
    const two = change({ employers: [{ id: 'e1', capacity: 0, preferences: [] }], locks: [{ learner: 's1', vacancy: 'v1', name: 'x' }] });
    expect(refusal(two)).toEqual({ place: 'locks[0]', code: 'contradictory' });
  });

  it('refuses 10 million entries without reading them all', () => {
    expect(MAX_ENTRIES).toBeLessThan(10_000_000);
    const list = [Array.from({ length: 100_000 }, (_, k) => `v${k}`)];
    const many = Array.from({ length: 100 }, (_, i) => ({ id: `s${i}`, preferences: list }));
    expect(refusal(change({ learners: many }))).toMatchObject({ code: 'too-large', place: 'learners[80].preferences[0]' });
  });

  it('refuses a text before it is taken apart when that would take more memory than there is', () => {
    expect(refusal('['.repeat(MAX_TEXT + 1))).toEqual({ code: 'too-large', place: 'file' });
    const most = { characters: 1000, values: 20 };
    expect(() => parseJson(`[${'[],'.repeat(20)}[]]`, most)).toThrow(/^file: holds more than 20 values\. Split/);
    expect(() => parseJson(' '.repeat(1001), most)).toThrow(/^file: has 1001 characters, and at most 1000 are read\. Split/);
    expect(parseJson(`[${'[],'.repeat(8)}[]${' '.repeat(40)}]`, most)).toHaveLength(9);
    // What stands inside a text is not counted.
    expect(parseJson(`"${'[,\\"'.repeat(30)}"`, most)).toBe('[,"'.repeat(30));
    expect(refusal(change({ format: Array.from({ length: 5000 }).reduce((inner: unknown) => [inner], []) }))).toEqual({ code: 'malformed', place: 'format' });
  });

  it('leaves group quotas and links their place, and refuses to solve as if they were kept', () => {
    const quota = parseInstance(change({ groups: [{ id: 'a', kind: 'campus', upperQuota: 1, vacancies: ['v1'] }] }));
    const linked = parseInstance(change({ links: [{ kind: 'couple', members: ['s1', 's2'], preferences: [[['v1', 'v2']]] }] }));
    for (const instance of [quota, linked]) expect(() => solve(instance, { mode: 'learner-optimal', digest })).toThrow(/no mode keeps/);
    const counted = parseInstance(change({ groups: [{ id: 'a', kind: 'campus', vacancies: ['v1'] }] }));
    expect(solve(counted, { mode: 'learner-optimal', digest }).certificate.groups).toEqual([{ id: 'a', filled: 1 }]);
  });
});
