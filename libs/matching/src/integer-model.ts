/**
 * A maximisation over bounded columns with sparse rows, ready for an integer-programming solver. This room prepares models and reads answers;
 * libs/exact alone runs them. Rows are compressed: the terms of row i are rowStart[i] .. rowStart[i+1]-1.
 */
export type IntegerModel = Readonly<{
  columns: number;
  /** Objective coefficient a column, maximised; `offset` is added. */
  gain: Float64Array;
  offset: number;
  upper: Float64Array;
  /** 1 where the column must be whole. */
  whole: Uint8Array;
  rowStart: Int32Array;
  column: Int32Array;
  value: Float64Array;
  rowLower: Float64Array;
  rowUpper: Float64Array;
  /** A feasible point to start from, if one is known. */
  start: Float64Array | null;
}>;

/** What the solver found. `bound`: proven upper bound on the objective; `values` null when no point is known. */
export type IntegerAnswer = Readonly<{ status: 'optimal' | 'infeasible' | 'limit'; values: Float64Array | null; bound: number }>;

/** A computation that hands out integer models where it needs them and goes on with the answers. */
export type ModelSteps<T> = Generator<IntegerModel, T, IntegerAnswer>;

/** The answer of nobody: for callers without a solver. */
export const NO_SOLVER: IntegerAnswer = { status: 'limit', values: null, bound: Number.POSITIVE_INFINITY };

/** Runs a computation without a solver: what only one could prove is left open. */
export function withoutSolver<T>(steps: ModelSteps<T>): T {
  let step = steps.next(NO_SOLVER);
  while (step.done !== true) step = steps.next(NO_SOLVER);
  return step.value;
}

export class ModelBuilder {
  private readonly gains: number[] = [];
  private readonly uppers: number[] = [];
  private readonly wholes: number[] = [];
  private readonly starts: number[] = [0];
  private readonly terms: number[] = [];
  private readonly coefficients: number[] = [];
  private readonly lowers: number[] = [];
  private readonly tops: number[] = [];
  offset = 0;

  /** A new column in 0 .. upper; returns its number. */
  column(gain: number, upper: number, whole: boolean): number {
    this.uppers.push(upper);
    this.wholes.push(whole ? 1 : 0);
    return this.gains.push(gain) - 1;
  }

  get columns(): number {
    return this.gains.length;
  }

  addGain(column: number, by: number): void {
    this.gains[column]! += by;
  }

  /** lower <= sum of coefficient x column <= upper. A column may occur once a row. */
  row(lower: number, upper: number, terms: readonly (readonly [column: number, coefficient: number])[]): void {
    for (const [column, coefficient] of terms) {
      this.terms.push(column);
      this.coefficients.push(coefficient);
    }
    this.starts.push(this.terms.length);
    this.lowers.push(lower);
    this.tops.push(upper);
  }

  build(start: Float64Array | null): IntegerModel {
    return {
      columns: this.columns,
      gain: Float64Array.from(this.gains),
      offset: this.offset,
      upper: Float64Array.from(this.uppers),
      whole: Uint8Array.from(this.wholes),
      rowStart: Int32Array.from(this.starts),
      column: Int32Array.from(this.terms),
      value: Float64Array.from(this.coefficients),
      rowLower: Float64Array.from(this.lowers),
      rowUpper: Float64Array.from(this.tops),
      start,
    };
  }
}
