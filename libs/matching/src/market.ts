/**
 * The problem as integers: what every solver reads. Rows are compressed (CSR): the entries of learner s are start[s] .. start[s+1]-1.
 * Only mutually acceptable pairs are here; locked learners have empty rows and their openings are gone.
 *
 * "Ranker" is who ranks the learners of a vacancy: its employer (SPA families), or the vacancy itself (HR families, where
 * `ranker` is the identity and rankerCapacity never binds).
 */
export type Market = Readonly<{
  learners: number;
  vacancies: number;
  rankers: number;
  twoLevel: boolean;
  start: Int32Array;
  /** Vacancy of each pair, best first; a learner's own ties in lottery order. */
  entry: Int32Array;
  /** 1-based rank of the pair on the learner's list as given; equal within a tie. */
  level: Int32Array;
  /** 1-based rank of the learner on the ranker's list as given; equal within a tie. */
  rank: Int32Array;
  /** 0-based position on the ranker's strict list: ties broken by lottery, no two learners alike. */
  position: Int32Array;
  capacity: Int32Array;
  ranker: Int32Array;
  rankerCapacity: Int32Array;
  listStart: Int32Array;
  /** Learners on each ranker's strict list, best first. */
  listLearner: Int32Array;
}>;

/** An assignment: for each learner the index of the pair (not of the vacancy) she holds, or -1. */
export type Assignment = Int32Array;
