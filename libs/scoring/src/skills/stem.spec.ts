import { stem } from './stem.js';

describe('the English stemmer', () => {
  const pairs: Record<string, string> = {
    consigned: 'consign', consistency: 'consist', consolation: 'consol', knightly: 'knight', knots: 'knot', managing: 'manag', management: 'manag',
    generate: 'generat', generally: 'general', happy: 'happi', skies: 'sky', agreed: 'agre', hopping: 'hop', hoping: 'hope', relational: 'relat',
    electrical: 'electr', adjustment: 'adjust', controlling: 'control', rolling: 'roll', cries: 'cri', ties: 'tie', gas: 'gas', operator: 'oper',
    analysis: 'analysi', engineering: 'engin', communication: 'communic', say: 'say', by: 'by', cry: 'cri', hopefulness: 'hope', succeed: 'succeed',
  };
  it.each(Object.entries(pairs))('%s -> %s', (word, want) => {
    expect(stem(word)).toBe(want);
  });
});
