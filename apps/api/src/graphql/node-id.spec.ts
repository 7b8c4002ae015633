import fc from 'fast-check';
import { NODE_NAMES, keyOf, keyOrNull, nodeId, parseNodeId } from './node-id.js';

const uuid = '0b9f5c1e-6f0a-4f43-9d0b-3c4f2f4f8c11';

describe('node ids', () => {
  it('come back as they went, each under its own type alone', () => {
    const id = nodeId('Vacancy', uuid);
    expect(id).toMatch(/^[\w-]+$/);
    expect(parseNodeId(id)).toEqual({ type: 'Vacancy', key: uuid });
    expect(keyOf('Vacancy', id, [])).toBe(uuid);
    expect(keyOrNull('Learner', id)).toBeNull();
  });

  it('carry keys of the reference data and pairs', () => {
    expect(parseNodeId(nodeId('Campus', 'arden-cross'))).toEqual({ type: 'Campus', key: 'arden-cross' });
    expect(parseNodeId(nodeId('Suggestion', `${uuid}:${uuid}`))?.type).toBe('Suggestion');
    expect(parseNodeId(nodeId('Suggestion', uuid))).toBeNull();
    expect(parseNodeId(nodeId('Campus', "x'; drop table campus"))).toBeNull();
  });

  it('refuse nonsense, another type and a second spelling with the one NOT_FOUND', () => {
    const padded = `${nodeId('Learner', uuid)}=`;
    for (const bad of ['', 'x', uuid, padded, nodeId('Round', uuid), Buffer.from(`Learner:${uuid.toUpperCase()}`).toString('base64url'), 'A'.repeat(5_000)]) {
      expect(() => keyOf('Learner', bad, ['input', 'learnerId'])).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    }
  });

  it('never throw anything else, whatever comes', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...NODE_NAMES), (text, type) => {
        const parsed = parseNodeId(text);
        if (parsed !== null) expect(nodeId(parsed.type, parsed.key)).toBe(text);
        expect(keyOrNull(type, text) === null || parsed?.type === type).toBe(true);
      }),
    );
  });
});
