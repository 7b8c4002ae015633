import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { projectRoot } from '@meriden/platform';
import { REFERENCE_FILES, checkLocation, checkUkprn, checkUln, findSkills, parse, type IdentifierCheck, type LocationCheck, type Point, type ReferenceData, type Skill } from '@meriden/reference';
import { drawScoringReference, skillByLabel, widerGraph, type ScoringReference } from '@meriden/scoring';

/** A skill that can be held and asked for: of the MedTech taxonomy, or of ESCO, whose skills are in no cluster. */
export type KnownSkill = Omit<Skill, 'cluster'> & Readonly<{ cluster: string | null }>;

const ESCO = { source: 'ESCO v1.1.1, European Commission', certainty: 'sourced', certaintyNote: null } as const;

/** The reference data, read once from the checkout, with the look-ups that input checks ask. */
@Injectable()
export class ReferenceService {
  readonly data: ReferenceData;
  #scoring: ScoringReference | null = null;
  #byLabel: ReturnType<typeof skillByLabel> | null = null;

  constructor() {
    const folder = join(projectRoot(), 'libs/reference/data');
    const files: Record<string, string> = {};
    for (const name of REFERENCE_FILES) files[name] = readFileSync(join(folder, name), 'utf8');
    this.data = parse(files);
  }

  /** What scores look up, over the taxonomy widened by ESCO; read and drawn at the first question, which takes a tenth of a second. */
  get scoring(): ScoringReference {
    this.#scoring ??= drawScoringReference(this.data, widerGraph(this.data, readFileSync(join(projectRoot(), 'libs/scoring/data/skill-graph.tsv'), 'utf8')), null);
    return this.#scoring;
  }

  hasQualification(id: string): boolean {
    return this.data.qualifications.byId.has(id);
  }
  hasEntryPoint(id: string): boolean {
    return this.data.entryPoints.byId.has(id);
  }
  hasFundingSource(id: string): boolean {
    return this.data.fundingSources.byId.has(id);
  }
  hasOutcode(outcode: string): boolean {
    return this.data.geography.outcodes.has(outcode);
  }
  hasSkill(id: string): boolean {
    return this.skill(id) !== null;
  }
  /** By its own id: one of ESCO that the taxonomy has too goes by the taxonomy's. */
  skill(id: string): KnownSkill | null {
    const own = this.data.skills.byId.get(id);
    if (own !== undefined) return own;
    const node = this.scoring.graph.nodes[this.scoring.graph.position(id)];
    if (node?.id !== id) return null;
    return { id, label: node.label, kind: 'SKILL', cluster: null, synonyms: node.aliases, escoLabel: node.label, escoUri: `http://data.europa.eu/esco/skill/${node.uuid}`, ...ESCO };
  }
  /** The skill that a file names by its label, by key, or by another name of the taxonomy; null where none is called so. */
  skillCalled(text: string): string | null {
    this.#byLabel ??= skillByLabel(this.scoring.graph);
    const labelled = this.#byLabel(text);
    if (labelled !== null) return labelled;
    if (this.data.skills.byId.has(text.toLowerCase())) return text.toLowerCase();
    if (this.hasSkill(text)) return text;
    return findSkills(this.data.skills, text).find((found) => found.text.length === text.length)?.skillId ?? null;
  }
  hasCluster(id: string): boolean {
    return this.data.skills.clusters.includes(id);
  }
  /** Only some kinds of places hold vacancies: a station or a roll-up district does not. */
  hasCampus(id: string): boolean {
    return this.data.campuses.byId.get(id)?.holdsVacancies === true;
  }
  /** Whether a place lies where its outcode does. */
  checkLocation(outcode: string, point: Point): LocationCheck {
    return checkLocation(this.data.geography.outcodes, outcode, point);
  }
  checkUln(text: string): IdentifierCheck {
    return checkUln(text);
  }
  checkUkprn(text: string): IdentifierCheck {
    return checkUkprn(text);
  }
}
