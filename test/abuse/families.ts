import { IMPORTED, EXPORTED, JOBS } from './files.js';
import { DISCRIMINATING, GAMING, HEAVY, PACKING, SCRIPTS, massAssignments } from './input.js';
import { CROSSING, IDENTIFYING, ORACLES, POSING, SCRAPING } from './reading.js';
import { RIGHTS } from './rights.js';
import type { Site, Variant } from './site.js';
import { SUBSCRIBING } from './sockets.js';

/** One way of misusing the service. Its variants are tried here; what is tried elsewhere, and what has no feature to misuse yet, is said. */
export type Family = Readonly<{
  n: number;
  title: string;
  variants: (site: Site) => readonly Variant[];
  /** Other tests of the same family. */
  also: readonly string[];
  /** The parts of the family without a feature; null = none. */
  notBuilt: string | null;
  /** The variants follow the schema: the page tells how many at least, so that it stays true when a mutation is added. */
  grows: boolean;
}>;

const tried = (n: number, title: string, variants: readonly Variant[] | ((site: Site) => readonly Variant[]), also: readonly string[] = [], notBuilt: string | null = null): Family => ({
  n,
  title,
  variants: typeof variants === 'function' ? variants : () => variants,
  also,
  notBuilt,
  grows: typeof variants === 'function',
});
const notBuilt = (n: number, title: string, what: string): Family => ({ n, title, variants: () => [], also: [], notBuilt: what, grows: false });

export const FAMILIES: readonly Family[] = [
  tried(1, 'An employer scrapes learners', SCRAPING, ['test/tenants/nobody-sees-or-changes-what-is-not-theirs.tenants-spec.ts']),
  tried(2, 'An employer finds out who a candidate is', IDENTIFYING, ['test/medium/persistence-row-level-security.medium-spec.ts'], 'photos, documents, a limit on how often a live vacancy asks for other skills'),
  tried(3, 'One college reads another’s learners', CROSSING, ['test/tenants/nobody-sees-or-changes-what-is-not-theirs.tenants-spec.ts']),
  notBuilt(4, 'A learner forges hours', 'logs of hours'),
  notBuilt(5, 'Hours approved by the wrong person', 'approval of hours'),
  tried(6, 'An employer sorts people by what it must not know', DISCRIMINATING, ['libs/scoring/src/protected-traits.spec.ts']),
  tried(7, 'Somebody poses as a learner or an employer', POSING, [], 'messages between people, self-registration'),
  tried(8, 'Ids and answers that tell', ORACLES, ['test/e2e/journeys/bad-input-comes-back-as-a-refusal-and-stores-nothing.ts', 'test/medium/imports.medium-spec.ts', 'test/medium/identity-sign-in.medium-spec.ts']),
  tried(9, 'Much packed into one request', PACKING, ['test/e2e/journeys/nobody-gets-past-the-rim-of-the-api.ts', 'apps/api/src/graphql/limits.spec.ts']),
  tried(10, 'Heavy reads', HEAVY),
  tried(11, 'Subscriptions', SUBSCRIBING, ['test/e2e/journeys/a-subscription-ends-with-the-session.ts']),
  tried(12, 'Stored script', SCRIPTS, ['test/browser/journeys/employer-posts-a-vacancy-in-25-interactions.ts'], 'uploads of pictures, PDF'),
  tried(13, 'Formulas in exports', EXPORTED, ['libs/services/src/exports/plain-cell.spec.ts', 'apps/web/src/parts/csv.spec.ts']),
  tried(14, 'Hostile files', IMPORTED, ['libs/services/src/imports/read-file.spec.ts', 'test/medium/imports.medium-spec.ts']),
  notBuilt(15, 'Addresses that lead inside', 'webhooks, fields for addresses'),
  tried(16, 'Members that no input has', massAssignments),
  tried(17, 'A round played with', GAMING, ['test/medium/persistence-stores.medium-spec.ts'], 'a limit on vacancies posted to attract'),
  tried(18, 'Consent, copies and erasure', RIGHTS, ['test/medium/personal-data.medium-spec.ts', 'test/e2e/journeys/a-learner-has-a-copy-is-erased-and-no-byte-is-left.ts'], 'agreement of parents, hours kept by law'),
  tried(19, 'Staff', [], ['test/medium/identity-joining.medium-spec.ts'], 'support in another’s name'),
  tried(20, 'Forged jobs', JOBS, ['test/medium/queue-jobs.medium-spec.ts', 'test/faults/suites/delivery.ts'], 'a dashboard of jobs'),
];

/** `docs/abuse.md`, from the table and the number of variants that were tried. */
export function pageOf(counts: ReadonlyMap<number, number>): string {
  const told = ({ n, grows }: Family): number => Math.min(counts.get(n) ?? 0, grows ? 100 : Number.POSITIVE_INFINITY);
  const lines = FAMILIES.map((family) => {
    const { n, title, also, notBuilt: missing, grows } = family;
    const count = told(family);
    const where = [...(count > 0 ? ['test/abuse'] : []), ...also].map((file) => `\`${file}\``).join(', ');
    const what = missing === null ? '' : `feature not built: ${missing}`;
    return `| ${n} | ${title} | ${count === 0 ? '–' : `${count}${grows ? ' or more' : ''}`} | ${[where, what].filter((part) => part !== '').join('; ')} |`;
  });
  const total = FAMILIES.reduce((sum, family) => sum + told(family), 0);
  return `# Abuse

Ways of misusing the service, and what was tried of each. Written by the test \`test/abuse\` (\`MERIDEN_WRITE_PAGES=1 npm test -- --only abuse\`), which fails
when this page is not what it tried. Every attempt must be refused: with one uniform answer where somebody may not, with a typed refusal where something
is wrong; and after each family every row of every table must be what it was before.

| | family | variants | where |
| --- | --- | --- | --- |
${lines.join('\n')}

In all ${total} variants or more. Formulas are planted before the attempts; what an export writes into the audit is no attempt's doing.
`;
}
