export const READS = [];
