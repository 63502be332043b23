// Values have at most three decimals, which binary fractions cannot hold: 0.1 + 0.2 is 0.30000000000000004. Every figure that is computed from
// them is cut to six decimals, where that noise is gone and nothing of a mean is lost.

function toFigure(value: number): number {
  return Number(value.toFixed(6));
}

export function sum(values: readonly number[]): number {
  return toFigure(values.reduce((total, value) => total + value, 0));
}

/** Null without values. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : toFigure(values.reduce((total, value) => total + value, 0) / values.length);
}

/** Null without values. */
export function median(ascending: readonly number[]): number | null {
  const [low, high] = [ascending[Math.ceil(ascending.length / 2) - 1], ascending[Math.floor(ascending.length / 2)]];
  return low === undefined || high === undefined ? null : toFigure((low + high) / 2);
}

/** Of the votes themselves, not of a sample of something larger: divided by n. Null without values. */
export function standardDeviation(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const centre = values.reduce((total, value) => total + value, 0) / values.length;
  return toFigure(Math.sqrt(values.reduce((total, value) => total + (value - centre) ** 2, 0) / values.length));
}
