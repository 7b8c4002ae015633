export { discloseTable, type Disclosed, type DisclosedTable } from './small-numbers.js';
