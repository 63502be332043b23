import fc from 'fast-check';

const mostRuns = 20;

/** `fc.assert` for mutants: few runs, always the same ones, so that a second run scores the same; the first counterexample is enough, nobody reads it. */
const assert: typeof fc.assert = (property, { numRuns = mostRuns, ...parameters } = {}) =>
  fc.assert(property as never, { ...parameters, numRuns: Math.min(numRuns, mostRuns), seed: 1, endOnFailure: true });

// biome-ignore lint/style/noDefaultExport: the tests import fast-check so.
export default { ...fc, assert };
