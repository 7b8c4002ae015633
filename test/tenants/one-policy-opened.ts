import { readFileSync } from 'node:fs';
import { policy } from '@meriden/domain';

// Loaded before an API of the promises: the policy of one noun lets everybody see everything while its name stands in a file.
const { scope } = policy;
const scopeOrAll: typeof scope = (actor, noun) => (readFileSync(process.env['MERIDEN_TEST_OPENED'] as string, 'utf8') === noun ? 'ALL' : scope(actor, noun));
Object.assign(policy, { scope: scopeOrAll });
