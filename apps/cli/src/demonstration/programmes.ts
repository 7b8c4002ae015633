import type { ProviderKind } from '@meriden/reference';

/** What learners of a qualification have met on their course, and how the region's learners spread over qualifications. */
export type Programme = Readonly<{
  qualificationId: string;
  /** Share among the learners of each kind of provider; 0 = not taught there. */
  shares: Readonly<Record<ProviderKind, number>>;
  /** Clusters its learners go into. */
  clusters: readonly string[];
  /** Skills taught to everybody on it. */
  taught: readonly string[];
  entryPoints: Readonly<Record<string, number>>;
  /** Hours of placement that the course sets, where no rule does. */
  hours: number | null;
}>;

const programme = (
  qualificationId: string,
  [COLLEGE, UNIVERSITY, PRIVATE]: readonly [number, number, number],
  clusters: string,
  taught: string,
  entryPoints: Programme['entryPoints'],
  hours: number | null = null,
): Programme => ({ qualificationId, shares: { COLLEGE, UNIVERSITY, PRIVATE }, clusters: clusters.split(' '), taught: taught.split(' '), entryPoints, hours });

const SCHOOL_LEAVERS = { 'school-leaver-t-level': 1 };
const SECOND_STARTS = { apprentice: 5, 'unemployed-resident': 3, returner: 2 };
const HIGHER_TECHNICAL = { 'post-t-level-htq': 5, 'career-changer': 2, 'incumbent-worker': 2, returner: 1 };
const HIGHER_NATIONAL = { apprentice: 4, 'career-changer': 3, 'incumbent-worker': 3 };
const UNDERGRADUATES = { undergraduate: 17, returner: 1, 'career-changer': 2 };

export const PROGRAMMES: readonly Programme[] = [
  programme('tl-60358324', [7, 0, 0], 'digital-health ai-data', 'programming digital-literacy software-testing user-interface-design', SCHOOL_LEAVERS),
  programme('tl-60369012', [4, 0, 0], 'digital-health ai-data', 'digital-literacy customer-service cyber-security data-protection', SCHOOL_LEAVERS),
  programme('tl-60369024', [3, 0, 0], 'ai-data digital-health quality-regulation', 'spreadsheets data-analytics digital-literacy data-visualisation', SCHOOL_LEAVERS),
  programme('tl-6037066x', [7, 0, 0], 'imaging clinical-research clinical-engineering', 'anatomy-physiology communicate-in-healthcare infection-control confidentiality', SCHOOL_LEAVERS),
  programme('tl-6037083x', [8, 0, 0], 'diagnostics-lab imaging immunology clinical-engineering', 'laboratory-techniques sample-handling infection-control anatomy-physiology', SCHOOL_LEAVERS),
  programme('tl-60369899', [7, 0, 0], 'diagnostics-lab therapeutics immunology', 'laboratory-techniques chemistry pipetting health-safety', SCHOOL_LEAVERS),
  programme('tl-61005162', [7, 0, 0], 'device-engineering wearables-electronics', 'cad technical-drawings prototyping electronics', SCHOOL_LEAVERS),
  programme('tl-61006920', [6, 0, 0], 'clinical-engineering wearables-electronics device-engineering', 'maintain-equipment electronics health-safety circuit-diagrams', SCHOOL_LEAVERS),
  programme('tl-61009714', [6, 0, 0], 'device-engineering quality-regulation therapeutics', 'manufacturing-processes metrology quality-assurance health-safety', SCHOOL_LEAVERS),
  programme('btec-applied-science', [5, 0, 1], 'diagnostics-lab immunology therapeutics', 'laboratory-techniques numeracy health-safety', SECOND_STARTS),
  programme('btec-engineering', [5, 0, 6], 'device-engineering wearables-electronics clinical-engineering', 'technical-drawings electronics health-safety', SECOND_STARTS),
  programme('btec-it', [3, 0, 2], 'digital-health ai-data', 'digital-literacy programming spreadsheets', SECOND_STARTS),
  programme('btec-hsc', [4, 0, 0], 'clinical-research imaging clinical-engineering', 'communicate-in-healthcare empathy confidentiality', SECOND_STARTS),
  programme('htq-medtech-hnc', [8, 6, 2], 'device-engineering wearables-electronics quality-regulation clinical-engineering digital-health', 'medical-devices electronics iso-13485 cad', HIGHER_TECHNICAL, 150),
  programme('htq-medtech-hnd', [4, 8, 0], 'device-engineering wearables-electronics ai-data quality-regulation diagnostics-lab', 'medical-devices device-design risk-management statistics', HIGHER_TECHNICAL, 150),
  programme('htq-hcs-associate', [4, 4, 0], 'diagnostics-lab immunology imaging clinical-engineering', 'laboratory-techniques sample-handling good-laboratory-practice anatomy-physiology', HIGHER_TECHNICAL, 150),
  programme('hnc-engineering', [5, 2, 6], 'device-engineering clinical-engineering wearables-electronics', 'cad electronics manufacturing-processes problem-solving', HIGHER_NATIONAL),
  programme('hnd-engineering', [3, 4, 2], 'device-engineering clinical-engineering quality-regulation', 'cad electromechanics material-mechanics project-management', HIGHER_NATIONAL),
  programme('fd-healthcare-science', [1, 6, 0], 'diagnostics-lab imaging clinical-engineering immunology', 'biomedical-science laboratory-techniques communicate-in-healthcare infection-control', UNDERGRADUATES, 200),
  programme('bsc-biomedical-science', [0, 16, 0], 'diagnostics-lab immunology therapeutics clinical-research', 'biomedical-science clinical-biochemistry microscopy statistics', UNDERGRADUATES),
  programme('bsc-healthcare-science', [0, 10, 0], 'diagnostics-lab imaging clinical-engineering', 'biomedical-science anatomy-physiology communicate-in-healthcare statistics', UNDERGRADUATES),
  programme('beng-biomedical', [0, 12, 0], 'device-engineering wearables-electronics imaging clinical-engineering', 'biomedical-engineering cad electronics programming', UNDERGRADUATES),
  programme('msc-biomedical-engineering', [0, 5, 0], 'wearables-electronics ai-data device-engineering quality-regulation', 'biomedical-engineering signal-processing programming statistics', UNDERGRADUATES),
];

/** Ages from and to at which people come in by an entry point, here in the demonstration region; no rule uses them. */
export const ENTRY_AGES: Readonly<Record<string, readonly [number, number]>> = {
  'school-leaver-t-level': [16, 18],
  'post-t-level-htq': [18, 21],
  apprentice: [16, 24],
  undergraduate: [18, 23],
  'career-changer': [24, 50],
  'incumbent-worker': [22, 55],
  returner: [25, 52],
  'unemployed-resident': [19, 45],
};
