import { runCollusion } from '../support/colluding-employers.js';
import { keepPromises } from './support/keep.js';

const EMPLOYERS = 4;

/** P8: employers lay their whole lists side by side, and narrow counts. */
await keepPromises({ small: 60, full: 2_000 }, async ({ count, say }) => {
  const { joins, counts } = await runCollusion({ learners: count, employers: EMPLOYERS, say });
  // What the house lets an employer read of a profile can itself be alike; how far that goes is told, and is no key of ours.
  const alike = Object.entries(joins.profiles).map(([part, { right, wrong }]) => `by ${part} ${right} (and ${wrong} wrongly)`);
  const held = joins.identified.length === 0 && joins.inPlace < 12 && counts.unrounded + counts.unsteady === 0 && joins.candidates === count;
  const figure =
    `${EMPLOYERS} employers with ${joins.candidates} candidates each, ${joins.pairs} pairs of lists, ${joins.fields.length} fields: ${joins.identified.length} joins by ids, names, cursors or instants, at most ${joins.inPlace} rows in the same place; ` +
    `${counts.questions} narrowing questions, each in two wordings: ${counts.unrounded} counts not hidden or rounded, ${counts.unsteady} that asking again would level out. ` +
    `Not judged, people known again by what the house lets both employers read of a profile: ${alike.join(', ')}, of ${joins.pairs * joins.candidates}`;
  return [{ promise: 'P8', held, figure, joins, counts }];
});
