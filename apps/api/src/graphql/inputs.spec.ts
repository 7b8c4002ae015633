import { given, referenceKey } from './inputs.js';
import { nodeId } from './node-id.js';

describe('inputs', () => {
  it('take a reference key plainly or as a node id of its type', () => {
    expect(referenceKey('Campus', 'arden-cross')).toBe('arden-cross');
    expect(referenceKey('Campus', nodeId('Campus', 'arden-cross'))).toBe('arden-cross');
    const skill = nodeId('Skill', 'python');
    expect(referenceKey('Campus', skill)).toBe(skill);
  });

  it('keep null only where null is a value', () => {
    const changes: { title?: string | null; hourlyPence?: number | null; openings?: number | undefined } = { title: null, hourlyPence: null, openings: undefined };
    expect(given(changes, ['hourlyPence'])).toEqual({ hourlyPence: null });
    expect(given({}, [])).toEqual({});
    expect(given({ openings: 0, title: '' }, [])).toEqual({ openings: 0, title: '' });
  });
});
