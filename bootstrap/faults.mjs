// `npm run faults -- --count N [--seed S]`: the fault campaign (test/faults/campaign.ts); exit 1 when anything is lost or doubled.
import { entry } from './problem.mjs';
import { runBuilt } from './run-built.mjs';

await entry(() => runBuilt('test/faults/campaign.js', process.argv.slice(2)));
