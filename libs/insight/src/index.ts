export { disclose, discloseTable, SMALLEST_SHOWN, type Disclosed, type DisclosedTable } from './small-numbers.js';
