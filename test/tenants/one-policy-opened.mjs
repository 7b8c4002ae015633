// Loaded before an API of the promises: the policy of one noun lets everybody see everything while its name stands in a file.
import { readFileSync } from 'node:fs';
import { policy } from '../../dist/libs/domain/src/permission.js';

const { scope } = policy;
policy.scope = (actor, noun) => (readFileSync(process.env['MERIDEN_TEST_OPENED'], 'utf8') === noun ? 'ALL' : scope(actor, noun));
