import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referenceData, referenceFiles } from '../../../test/support/reference-data.js';
import { isFact, type Provenance } from './provenance.js';
import { parse, REFERENCE_FILES } from './reference-data.js';
import { ReferenceDataError, type ReferenceProblem } from './table.js';

function problemsOf(spoil: (files: Record<string, string>) => void): readonly ReferenceProblem[] {
  const files = referenceFiles();
  spoil(files);
  try {
    parse(files);
  } catch (error) {
    if (error instanceof ReferenceDataError) return error.problems;
    throw error;
  }
  return [];
}

/** Replaces the first match in one file; a pattern that is not there would make the test prove nothing. */
const replace = (file: string, from: string | RegExp, to: string) =>
  problemsOf((files) => {
    const text = files[file] as string;
    const spoilt = text.replace(from, to);
    if (spoilt === text) throw new Error(`${String(from)} is not in ${file}`);
    files[file] = spoilt;
  });

describe('the shipped reference data', () => {
  const data = referenceData();

  it('parses, names its edition, and holds what the region needs', () => {
    expect([data.edition, data.asOf]).toEqual(['2026.11.22', '2026-11-22']);
    expect([data.providers.byId.size, data.nhs.organisations.size, data.nhs.sites.size, data.entryPoints.byId.size]).toEqual([36, 12, 51, 8]);
    expect([data.standards.socUnitGroups.size, data.qualifications.specialisms.size, data.skills.byId.size, data.geography.outcodes.size]).toEqual([412, 30, 195, 319]);
    expect([4, 5].map((level) => [...data.qualifications.byId.values()].filter((q) => q.kind === 'HTQ' && q.level === level).length > 0)).toEqual([true, true]);
  });

  it('explains every row that is not a plain fact', () => {
    const tables: ReadonlyMap<unknown, Provenance>[] = [
      data.campuses.byId, data.providers.byId, data.qualifications.byId, data.standards.byReference, data.skills.byId, data.skills.relations,
      data.geography.outcodes, data.geography.travelSpeeds, data.figures.byId, data.entryPoints.byId, data.fictionalEmployers.byId,
      data.fundingSources.byId, data.placementRules.limits, data.tLevelReturn.reasons, data.nhs.organisations, data.nhs.sites,
    ];
    for (const table of tables) for (const row of table.values()) if (!isFact(row)) expect(row.certaintyNote).not.toBeNull();
  });

  it('shows NHS names and sites as of their year, and no recalled postcode', () => {
    for (const row of [...data.nhs.organisations.values(), ...data.nhs.sites.values()]) expect(row.asOfYear).toBe(2018);
    for (const provider of data.providers.byId.values()) if (provider.postcode !== null) expect(provider.postcodeSource).not.toMatch(/recalled|unverified/);
  });

  it('marks every invented employer as invented, in its name too', () => {
    for (const employer of data.fictionalEmployers.byId.values()) expect([employer.certainty, employer.name.endsWith('(fictional)')]).toEqual(['fictional', true]);
  });

  it('prints every notice in docs/data-notices.md, and has one for every file that is not our own', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/data-notices.md'), 'utf8');
    const noticed = new Set([...data.notices.byId.values()].flatMap((notice) => notice.files));
    for (const notice of data.notices.byId.values()) expect(page).toContain(notice.text);
    const own = ['edition.csv', 'notices.csv', 'bodies.csv', 'funding-sources.csv', 'figures.csv', 'levels.csv', 'entry-points.csv', 'skill-relations.csv', 'travel-modes.csv', 'identifiers.csv'];
    expect(REFERENCE_FILES.filter((file) => !noticed.has(file)).sort()).toEqual(own.sort());
  });

  it('hides no recalled word in its sources', () => {
    for (const [name, text] of Object.entries(referenceFiles())) if (name.endsWith('.csv')) expect(text).not.toMatch(/,"?recalled|\/work\/|\/tmp\//);
  });
});

describe('parse', () => {
  it('names the file, row, column, rule and value of a bad cell', () => {
    const problems = replace('providers.csv', '10006442,', '20006442,');
    expect(problems).toEqual([{ file: 'providers.csv', row: 2, column: 'ukprn', rule: 'must be 8 digits beginning with 1', value: '20006442' }]);
  });

  it('reports everything at once and says so in its message', () => {
    const problems = problemsOf((files) => {
      for (const file of REFERENCE_FILES) delete files[file];
    });
    expect(new Set(problems.map((p) => p.file)).size).toBe(REFERENCE_FILES.length);
    expect(() => parse({})).toThrow(/Reference data is not usable: .*and \d+ more/);
  });

  const spoilt: [string, string, string | RegExp, string, RegExp][] = [
    ['a header that changed', 'levels.csv', 'level,examples', 'level,sample', /header must be/],
    ['a missing cell', 'levels.csv', 'GCSE grades 1-3,', '', /must have 5 cells/],
    ['an open quote', 'levels.csv', 'GCSE grades 1-3', '"GCSE', /quoted cell is not closed/],
    ['a duplicate id', 'entry-points.csv', 'returner,', 'apprentice,', /id must be unique/],
    ['an unknown certainty', 'levels.csv', ',sourced,', ',certain,', /must be one of sourced/],
    ['a row without a source', 'campuses.csv', /,University of Birmingham launch article \(article 1\),/, ',,', /must not be empty/],
    ['a campus inside an unknown place', 'campuses.csv', ',CAMPUS,birmingham-health-district,', ',CAMPUS,atlantis,', /id of campuses\.csv/],
    ['a place that contains itself', 'campuses.csv', ',DISTRICT,,', ',DISTRICT,phta,', /must not contain itself/],
    ['an alias of two places', 'campuses.csv', 'No.1 BHIC;', 'PHTA;', /one name must not stand for two/],
    ['a programme with a place on the map', 'campuses.csv', /,,,,RUNNING/, ',52.4,-1.9,SITE,RUNNING', /but a programme has a location/],
    ['Coventry University in Milton Keynes', 'providers.csv', /CV1 5FB,CV1,[\d.]+,-[\d.]+/, 'CV1 5FB,CV1,52.027,-0.773', /coordinates must fit the outcode/],
    ['a postcode of another outcode', 'providers.csv', 'B4 7PS,B4', 'B5 7PS,B4', /first half of the postcode/],
    ['an outcode finer than 0.01 degree', 'outcodes.csv', /\nB1,52\.48/, '\nB1,52.47872', /rounded to 0\.01/],
    ['a site of an unknown trust', 'nhs-sites.csv', 'Manor Hospital,RBK', 'Manor Hospital,RZZ', /id of nhs-organisations\.csv/],
    ['a standard with an unknown SOC code', 'occupational-standards.csv', ',3213,', ',3000,', /id of soc2020-unit-groups\.csv/],
    ['a specialism under the wrong core code', 't-level-specialisms.csv', ',tl-60358324,60358324', ',tl-60358324,60369012', /LARS code of its qualification/],
    ['one LARS code for two qualifications', 'qualifications.csv', /(Digital Support Services,T_LEVEL,T_LEVEL,STUDIED,3),60369012/, '$1,60358324', /one code must not stand for two/],
    ['a synonym of two skills', 'skills.csv', 'python3;', 'MATLAB;', /one name must not mean two skills/],
    ['a relation to an unknown skill', 'skill-relations.csv', 'deep-learning,BROADER,', 'deep-thought,BROADER,', /id of skills\.csv/],
    ['a circle of broader skills', 'skill-relations.csv', 'immunology-group,BROADER,diagnostics-lab', 'ai-data,BROADER,deep-learning', /must not be broader than itself/],
    ['a cluster without a group', 'skills.csv', ',KNOWLEDGE,ai-data,', ',KNOWLEDGE,alchemy,', /every cluster must have its group/],
    ['parts that do not add up', 'figures.csv', ',70000,', ',70001,', /must add up/],
    ['a missing legal limit', 'legal-limits.csv', 'unpaid-months', 'unpaid-years', /every limit must have a row/],
    ['a share above the whole', 'delivery-approaches.csv', ',1,3,', ',4,3,', /at most the whole/],
    ['a missing travel mode', 'travel-modes.csv', 'RAIL', 'TRAM', /must be one of WALK/],
    ['a holiday that does not exist', 'bank-holidays.csv', '2026-12-25', '2026-02-30', /real date/],
    ['a notice for no file', 'notices.csv', 'skills.csv;', 'spells.csv;', /must name reference files/],
    ['a fund nobody pays', 'funding-sources.csv', ',FUND,wmca,', ',FUND,nobody,', /id of bodies\.csv/],
    ['a fictional employer with a real name', 'employers-fictional.csv', 'Halcyon Wearables Ltd (fictional)', 'Halcyon Wearables Ltd', /ends in \(fictional\)/],
    ['a boundary that is not closed', 'boundaries-west-midlands.geojson', '[[[-2.618,52.307],', '[[[-2.5,52.3],', /closed rings/],
    ['boundaries that are not JSON', 'boundaries-west-midlands.geojson', '{', '<', /must be JSON/],
    ['a return without its messages', 't-level-return.csv', /RULE,/g, 'STATUS,', /every part must have a row|condition/],
  ];

  for (const [what, file, from, to, rule] of spoilt) {
    it(`refuses ${what}`, () => {
      const problems = replace(file, from, to);
      expect(problems.map((p) => p.rule).join('\n')).toMatch(rule);
      expect(problems.some((p) => p.file === file)).toBe(true);
    });
  }
});
