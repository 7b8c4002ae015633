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

const copyOf = (watcher: Watcher, id: string): Variant => ({
  name: `${watcher} fetches a copy that is not theirs (${id.slice(0, 12)})`,
  async attempt(site) {
    const { status, text } = await raw(site, watcher, `/my-data/${encodeURIComponent(id)}/copy`);
    return status === 404 || status === 400 ? null : `got ${status} ${text.slice(0, 200)}`;
  },
});

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
  ...(['student a', 'staff b', 'operator'] as const).flatMap((watcher) => [randomUUID(), '../../health', "' or 1=1 --"].map((id) => copyOf(watcher, id))),
  ...(['host a', 'student b', 'region'] as const).map((watcher) => tellsNothing(`what is held, asked by ${watcher}`, watcher, '{ myData { held { purpose } requests { id kind state } } }')),
];
