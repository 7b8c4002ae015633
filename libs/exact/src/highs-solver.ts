import loadHighs from 'highs';
import type { IntegerAnswer, IntegerModel } from '@meriden/matching';

// The package's types describe its CommonJS build; as an ES module the loader is the default export itself.
const load = loadHighs as unknown as typeof loadHighs.default;
type Highs = Awaited<ReturnType<typeof load>>;
let loading: Promise<Highs> | null = null;

/** Runs one model for at most the given seconds. */
export type RunModel = (model: IntegerModel, seconds: number) => IntegerAnswer;

/** Loads the solver once a process (about 3 MB of WebAssembly) and returns the function that runs models. */
export async function openHighs(): Promise<RunModel> {
  const highs = await (loading ??= load());
  return (model, seconds) => runModel(highs, model, seconds);
}

function runModel(highs: Highs, model: IntegerModel, seconds: number): IntegerAnswer {
  const rows = model.rowLower.length;
  const bounded = (values: Float64Array): Float64Array =>
    values.map((v) => (v === Infinity ? highs.infinity : v === -Infinity ? -highs.infinity : v));
  return highs.withModel(
    {
      numCols: model.columns,
      numRows: rows,
      sense: highs.constants.objectiveSense.maximize,
      offset: model.offset,
      colCost: model.gain,
      colLower: new Float64Array(model.columns),
      colUpper: model.upper,
      rowLower: bounded(model.rowLower),
      rowUpper: bounded(model.rowUpper),
      matrix: { format: 'csr', numRows: rows, numCols: model.columns, starts: model.rowStart, indices: model.column, values: model.value },
      integrality: Int32Array.from(model.whole),
    },
    (native): IntegerAnswer => {
      native.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: 0, mip_abs_gap: 1e-6, random_seed: 1 });
      if (model.start !== null) native.setSolution({ colValue: model.start });
      native.run();
      const status = native.getModelStatus();
      const { modelStatus } = highs.constants;
      if (status === modelStatus.infeasible) return { status: 'infeasible', values: null, bound: Number.NEGATIVE_INFINITY };
      const bound = Number(native.info.get('mip_dual_bound'));
      if (status === modelStatus.optimal) {
        const values = Float64Array.from(native.getSolution().colValue);
        return { status: 'optimal', values, bound: native.getObjectiveValue() };
      }
      const found = Number(native.info.get('primal_solution_status')) === 2;
      return { status: 'limit', values: found ? Float64Array.from(native.getSolution().colValue) : null, bound: Number.isFinite(bound) ? bound : Number.POSITIVE_INFINITY };
    },
  );
}
