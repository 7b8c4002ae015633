// Jest runs each test file in a context of its own, where every look at a global (Math, JSON ...) asks an interceptor first: a quarter of the time of our
// property tests. Its own cure, `sandboxInjectedGlobals`, serves CommonJS alone; this is the same for ES modules: each module takes them once, into constants.
import { createTransformer as createSwc } from '@swc/jest';

/** None that a test replaces (timers, Date) or that a thread lacks. */
const GLOBALS = ['Array', 'BigInt', 'Boolean', 'Error', 'Float64Array', 'Int32Array', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise', 'Reflect', 'Set', 'String', 'Symbol', 'Uint8Array', 'WeakMap'];
/** On the first line, so that no line moves. */
const PRELUDE = `const{${GLOBALS.join()}}=globalThis;`;

const after = (result) => ({ ...result, code: PRELUDE + result.code });

/** @param {object} options those of @swc/jest */
function createTransformer(options) {
  const swc = createSwc(options);
  return {
    canInstrument: swc.canInstrument,
    process: (...about) => after(swc.process(...about)),
    processAsync: async (...about) => after(await swc.processAsync(...about)),
    getCacheKey: (...about) => `${PRELUDE}${swc.getCacheKey(...about)}`,
  };
}

export default { createTransformer };
