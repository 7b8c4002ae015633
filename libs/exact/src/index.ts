export { solveExactly } from './solve-exactly.js';
export type { ExactOptions } from './solve-exactly.js';
