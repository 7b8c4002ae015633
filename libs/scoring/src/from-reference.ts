import { DELIVERY_APPROACHES, TRAVEL_MODES, type CampusId, type DeliveryApproach, type SkillId, type TravelMode } from '@meriden/domain';
import { deliveryRule, estimateTravel, isOpenOn, legalLimit, minimumHours, ROUTES, type ReferenceData, type Route } from '@meriden/reference';
import { joinGraphs, readGraphAsset } from './skills/graph-asset.js';
import { Linker } from './skills/linker.js';
import { curatedGraph, type SkillGraph, type SkillNode } from './skills/skill-graph.js';
import type { PlacementRules, ScoringReference } from './scoring-reference.js';

/** A table of real journey times that replaces estimates cell by cell: `outcode|campusId|mode` -> minutes one way. */
export type TravelTable = Readonly<{ version: string; minutes: ReadonlyMap<string, number> }>;

const drawn = new WeakMap<ReferenceData, ScoringReference>();

/** The look-ups of one edition, drawn once and kept with it. */
export function scoringReference(data: ReferenceData): ScoringReference {
  let reference = drawn.get(data);
  if (reference === undefined) {
    reference = drawScoringReference(data, medtechGraph(data), null);
    drawn.set(data, reference);
  }
  return reference;
}

/** As `scoringReference`, with an operator's own skill graph or journey times. */
export function drawScoringReference(data: ReferenceData, graph: SkillGraph, travel: TravelTable | null): ScoringReference {
  const campusIds = [...data.campuses.byId.values()].filter((campus) => campus.location !== null).map((campus) => campus.id).sort();
  const linking = linkingOver(graph.nodes);
  const wordsFinder = finderOfWords(graph);
  const importedBy = new Map<string, Record<CampusId, TravelMode[]> | undefined>();
  const byOutcode = new Map<string, Record<CampusId, Partial<Record<TravelMode, number>>>>();
  const estimated = (outcode: string, campusId: CampusId, mode: TravelMode): number | null => {
    const from = data.geography.outcodes.get(outcode);
    const to = data.campuses.byId.get(campusId)?.location ?? null;
    if (from === undefined || to === null) return null;
    return estimateTravel(data.geography.travelSpeeds, { lat: from.lat, lon: from.lon, precision: 'OUTCODE' }, to, mode).minutes;
  };
  return {
    version: [data.edition, graph.version, travel?.version ?? 'estimates'].join('+'),
    graph,
    qualification(id) {
      const row = data.qualifications.byId.get(id);
      return row === undefined ? null : { programmeKind: row.programmeKind, route: row.route, placementHours: row.placementHoursMin };
    },
    campusIds,
    campus(id) {
      const row = data.campuses.byId.get(id);
      // Open with no date means open now; a published date is compared with the start of each vacancy.
      return row === undefined ? null : { name: row.name, open: row.opensOn === null && isOpenOn(row, data.asOf), opensOn: row.opensOn, statusNote: row.statusNote };
    },
    journeys(outcode) {
      let journeys = byOutcode.get(outcode);
      if (journeys === undefined) {
        journeys = {};
        for (const campusId of campusIds) {
          const byMode: Partial<Record<TravelMode, number>> = {};
          for (const mode of TRAVEL_MODES) {
            const minutes = travel?.minutes.get(`${outcode}|${campusId}|${mode}`) ?? estimated(outcode, campusId, mode);
            if (minutes !== null) byMode[mode] = minutes;
          }
          journeys[campusId] = byMode;
        }
        byOutcode.set(outcode, journeys);
      }
      return journeys;
    },
    imported(outcode) {
      if (travel === null) return undefined;
      if (importedBy.has(outcode)) return importedBy.get(outcode);
      const modes = (campusId: CampusId): TravelMode[] => TRAVEL_MODES.filter((mode) => travel.minutes.has(`${outcode}|${campusId}|${mode}`));
      const known = campusIds.map((campusId) => [campusId, modes(campusId)] as const).filter(([, list]) => list.length > 0);
      const found = known.length === 0 ? undefined : Object.fromEntries(known);
      importedBy.set(outcode, found);
      return found;
    },
    prepareLink: linking.steps,
    link(text) {
      const points = [...text];
      return linking.linker().link(text).map(({ skill, start, end, score }) => ({ skillId: graph.nodes[skill]?.id ?? '', words: points.slice(start, end).join(''), start, end, score }));
    },
    wordsFor: (text, skillId) => wordsFinder(text, graph.position(skillId)),
    rules: placementRules(data),
  };
}

const KEPT_LINKERS = 1_000;
const STRETCH = 250;
const linkings = new WeakMap<readonly SkillNode[], Readonly<{ steps: () => Generator<void>; linker: () => Linker }>>();

/** The linker over these nodes, built once however often look-ups are drawn over them: in stretches of some 20 ms, or at once when asked. */
function linkingOver(nodes: readonly SkillNode[]): Readonly<{ steps: () => Generator<void>; linker: () => Linker }> {
  const known = linkings.get(nodes);
  if (known !== undefined) return known;
  const linker = new Linker([], null);
  let done = 0;
  function* steps(): Generator<void> {
    // Several may wait for it at once: each takes the next stretch.
    while (done < nodes.length) {
      const from = done;
      done = Math.min(nodes.length, from + STRETCH);
      linker.add(nodes.slice(from, done), from);
      yield;
    }
  }
  const made = {
    steps,
    linker: () => {
      for (const _ of steps());
      return linker;
    },
  };
  linkings.set(nodes, made);
  return made;
}

/**
 * Looks for one skill in a text. A skill of the taxonomy is looked for among its like, so that a longer name of another one wins; any
 * other by its own names alone: an index of all names of ESCO takes a second and 45 MB, which no worker should pay for a few words. A
 * thousand linkers are kept; when there are more, all begin anew.
 */
function finderOfWords(graph: SkillGraph): (text: string, position: number) => string {
  const curated = graph.nodes.findIndex((node) => node.cluster === null);
  const first = curated < 0 ? graph.nodes.length : curated;
  const linkers = new Map<number, Linker>();
  const linkerFor = (position: number): Linker => {
    const key = position < first ? -1 : position;
    let linker = linkers.get(key);
    if (linker === undefined && linkers.size >= KEPT_LINKERS) linkers.clear();
    if (linker === undefined) linkers.set(key, (linker = new Linker(key < 0 ? graph.nodes.slice(0, first) : graph.nodes.slice(position, position + 1), null)));
    return linker;
  };
  return (text, position) => (position < 0 ? '' : linkerFor(position).quote(text, new Set([position < first ? position : 0])));
}

function placementRules(data: ReferenceData): PlacementRules {
  const rules = data.placementRules;
  const approachHours: Partial<Record<DeliveryApproach, number>> = {};
  const approachShare: Partial<Record<DeliveryApproach, readonly [number, number]>> = {};
  for (const approach of DELIVERY_APPROACHES) {
    if (approach === 'ON_SITE' || approach === 'HYBRID') continue;
    const rule = deliveryRule(rules, approach, null, data.asOf);
    if (rule?.maxHours != null) approachHours[approach] = rule.maxHours;
    if (rule?.maxShare != null) approachShare[approach] = [rule.maxShare.numerator, rule.maxShare.denominator];
  }
  const remote = (route: Route | null): number => {
    const share = deliveryRule(rules, 'REMOTE', route, data.asOf)?.maxShare;
    return share ? Math.floor((share.numerator * 10_000) / share.denominator) : 10_000;
  };
  return {
    tLevelHours: minimumHours(rules, 'T_LEVEL') ?? 0,
    approachHours,
    approachShare,
    remoteShare: { '': remote(null), ...Object.fromEntries(ROUTES.map((route) => [route, remote(route)])) },
    youngHoursADay: legalLimit(rules, 'young-worker-hours-a-day'),
    youngHoursAWeek: legalLimit(rules, 'young-worker-hours-a-week'),
    dbsFromAge: legalLimit(rules, 'dbs-from-age'),
    unpaidMonths: legalLimit(rules, 'unpaid-months'),
  };
}

/** The MedTech taxonomy of the reference data as a graph, every skill of average weight. */
export function medtechGraph(data: ReferenceData): SkillGraph {
  const nodes = [...data.skills.byId.values()].map((skill) => ({
    id: skill.id,
    label: skill.label,
    aliases: [...skill.synonyms, ...(skill.escoLabel === null ? [] : [skill.escoLabel])],
    cluster: skill.cluster,
    idf: 100,
    uuid: skill.escoUri?.split('/').pop() ?? null,
    ukCodes: [],
  }));
  const broader: [SkillId, SkillId][] = [];
  const related: [SkillId, SkillId][] = [];
  for (const { skillId, relation, otherId } of data.skills.relations.values()) (relation === 'BROADER' ? broader : related).push([skillId, otherId]);
  return curatedGraph(`medtech-${data.edition}`, nodes, { broader, related });
}

/** The MedTech graph widened by an asset of ESCO: its skills can be held and asked for too, and ours gain their neighbours. */
export function widerGraph(data: ReferenceData, asset: string): SkillGraph {
  return joinGraphs(medtechGraph(data), readGraphAsset(asset));
}
