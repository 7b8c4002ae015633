import { Ground1763793000000 } from './1763793000000-ground.js';

/** In order. Named here one by one: a glob would find other files in the sources than in the build. */
export const MIGRATIONS = [Ground1763793000000];
