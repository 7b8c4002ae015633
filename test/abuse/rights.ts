import { randomUUID } from 'node:crypto';
import type { Watcher } from '../tenants/canaries.js';
import { key, mutationOf, nodeId, raw, refused, sameAsUnknown, tellsNothing, type Site, type Variant } from './site.js';

const KINDS = ['ERASURE', 'ACCESS'] as const;
const learnerOf = ({ region }: Site, real = true): string => nodeId('Learner', real ? region.colleges.a.learner.id : randomUUID());
const REASON = 'It is not mine to decide.';
const WITHDRAWN = { profile: { consentToMatching: false }, version: 1 };

const onRecord = (name: string, more: () => object): readonly Variant[] => [
  ...(['host a', 'student a', 'operator', 'region'] as const).map((watcher) => refused(`${name} by ${watcher}`, watcher, ['FORBIDDEN'], mutationOf(name), (site) => ({ input: { ...more(), learnerId: learnerOf(site) } }))),
  sameAsUnknown(`${name} of another’s learner and of none`, 'staff b', mutationOf(name), (site, real) => ({ input: { ...more(), learnerId: learnerOf(site, real) } })),
];

/** The copy that student a asked for lies ready: it is nobody else's, and an address that nobody has answers the same. */
const copyOf = (watcher: Watcher, what: string, id: (site: Site) => string): Variant => ({
  name: `${watcher} fetches ${what}`,
  async attempt(site) {
    const { status, text } = await raw(site, watcher, `/my-data/${encodeURIComponent(id(site))}/copy`);
    return status === 404 || (watcher === 'nobody' && status === 401) ? null : `got ${status} ${text.slice(0, 200)}`;
  },
});
const THEIRS = ['staff a', 'host a', 'staff b', 'student b', 'operator', 'region', 'nobody'] as const;

/** 18: consent, copies and erasure by those whose they are not. */
export const RIGHTS: readonly Variant[] = [
  ...KINDS.flatMap((kind) => onRecord('askForLearnerData', () => ({ ...key(), kind })).map((variant) => ({ ...variant, name: `${kind}: ${variant.name}` }))),
  ...onRecord('holdRecord', () => ({ ...key(), reason: REASON })),
  ...onRecord('liftHold', () => ({})),
  ...(['staff a', 'host a'] as const).map((watcher) => refused(`${watcher} erases the own account, and with it what it did`, watcher, ['FORBIDDEN'], mutationOf('askForMyData'), () => ({ input: { ...key(), kind: 'ERASURE' } }))),
  ...['RECTIFY', 'erasure', ''].map((kind) => refused(`an erasure called ${JSON.stringify(kind)}`, 'student a', ['BAD_USER_INPUT'], mutationOf('askForMyData'), () => ({ input: { ...key(), kind } }))),
  refused('an erasure of somebody else as one’s own', 'student a', ['BAD_USER_INPUT'], mutationOf('askForMyData'), (site) => ({ input: { ...key(), kind: 'ERASURE', learnerId: learnerOf(site) } })),
  sameAsUnknown('consent withdrawn for another college’s learner and for none', 'staff b', mutationOf('reviseProfile'), (site, real) => ({ input: { ...WITHDRAWN, learnerId: learnerOf(site, real) } })),
  refused('consent withdrawn by an employer', 'host a', ['FORBIDDEN', 'NOT_FOUND'], mutationOf('reviseProfile'), (site) => ({ input: { ...WITHDRAWN, learnerId: learnerOf(site) } })),
  ...THEIRS.map((watcher) => copyOf(watcher, 'the copy of student a', ({ region }) => region.colleges.a.student.sessionId)),
  ...[randomUUID(), '../../health', "' or 1=1 --"].map((id) => copyOf('student a', `a copy by ${JSON.stringify(id.slice(0, 12))}`, () => id)),
  ...(['host a', 'student b', 'region'] as const).map((watcher) => tellsNothing(`what is held, asked by ${watcher}`, watcher, '{ myData { held { purpose } requests { id kind state } } }')),
];
