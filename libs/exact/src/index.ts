export { runExactly, solveExactly } from './solve-exactly.js';
