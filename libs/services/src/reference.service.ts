import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { projectRoot } from '@meriden/platform';
import { REFERENCE_FILES, checkLocation, checkUkprn, checkUln, parse, type IdentifierCheck, type LocationCheck, type Point, type ReferenceData } from '@meriden/reference';

/** The reference data, read once from the checkout, with the look-ups that input checks ask. */
@Injectable()
export class ReferenceService {
  readonly data: ReferenceData;

  constructor() {
    const folder = join(projectRoot(), 'libs/reference/data');
    const files: Record<string, string> = {};
    for (const name of REFERENCE_FILES) files[name] = readFileSync(join(folder, name), 'utf8');
    this.data = parse(files);
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
    return this.data.skills.byId.has(id);
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
