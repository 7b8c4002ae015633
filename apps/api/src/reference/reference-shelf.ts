import { Inject, Injectable } from '@nestjs/common';
import { ReferenceService } from '@meriden/services';
import { certaintyName } from './reference.enums.js';
import type { CampusType, EntryPointType, FundingSourceType, LaunchFigureType, QualificationType, SkillType, TravelReachType } from './reference.types.js';
import type { ProvenanceRow } from './reference-rows.js';

/** The reference data in the form of the schema, made once: they do not change while the process runs. */
@Injectable()
export class ReferenceShelf {
  readonly edition: string;
  readonly campuses: ReadonlyMap<string, CampusType>;
  readonly qualifications: ReadonlyMap<string, QualificationType>;
  /** The MedTech taxonomy; `skill` knows the others too. */
  readonly skills: ReadonlyMap<string, SkillType>;
  readonly fundingSources: ReadonlyMap<string, FundingSourceType>;
  readonly entryPoints: ReadonlyMap<string, EntryPointType>;
  /** Outcodes of the region, for the reported share of residents. */
  readonly residentOutcodes: readonly string[];
  readonly figures: readonly LaunchFigureType[];
  readonly reaches: readonly TravelReachType[];
  readonly #within: (campusId: string) => readonly string[];

  constructor(@Inject(ReferenceService) private readonly service: ReferenceService) {
    const { data } = service;
    this.edition = data.edition;
    this.campuses = shown(data.campuses.byId);
    this.qualifications = shown(data.qualifications.byId);
    this.skills = shown(data.skills.byId);
    this.fundingSources = shown(data.fundingSources.byId);
    this.entryPoints = shown(data.entryPoints.byId);
    this.figures = [...shown(data.figures.byId).values()];
    this.residentOutcodes = [...data.geography.outcodes].filter(([, outcode]) => outcode.inRegion).map(([code]) => code);
    this.reaches = [...data.geography.travelSpeeds.values()].map(({ mode, accessMinutes, straightMetresPerHour }) => ({ mode, accessMinutes, straightMetresPerHour }));
    this.#within = (campusId) => {
      const found = [campusId];
      for (const id of found) found.push(...(data.campuses.childrenOf.get(id) ?? []));
      return found;
    };
  }

  /** Keys of a place and of everything it contains. */
  campusAndWithin(campusId: string): readonly string[] {
    return this.#within(campusId);
  }

  /** A skill by its key, of the taxonomy or of ESCO. */
  skill(key: string): SkillType | null {
    const own = this.skills.get(key);
    if (own !== undefined) return own;
    const found = this.service.skill(key);
    return found === null ? null : shownRow(found);
  }

  /** Keys of the skills of a cluster. */
  skillsOf(cluster: string): readonly string[] {
    return [...this.skills.values()].filter((skill) => skill.cluster === cluster).map((skill) => skill.key);
  }
}

const shownRow = <Row extends ProvenanceRow & Readonly<{ id: string }>>(row: Row) => ({
  ...row,
  key: row.id,
  provenance: { source: row.source, certainty: certaintyName(row.certainty), certaintyNote: row.certaintyNote },
});

function shown<Row extends ProvenanceRow & Readonly<{ id: string }>>(rows: ReadonlyMap<string, Row>) {
  return new Map([...rows].map(([id, row]) => [id, shownRow(row)] as const));
}

/** The rows behind a list of keys; a key that left the reference data is left out. */
export function known<Row>(rows: ReadonlyMap<string, Row>, keys: readonly string[]): Row[] {
  return keys.flatMap((key) => rows.get(key) ?? []);
}
