import { about, type Finding } from './finding.ts';

/** When somebody else's clock said what, in milliseconds since 1970. */
export interface ClockReading {
  readonly of: string;
  readonly theirs: number;
  /** Before and after we asked, by our clock. */
  readonly askedAt: number;
  readonly answeredAt: number;
  /** How exactly they tell: 1000 for a `Date` header. */
  readonly precisionMs: number;
}

/** Replicas end each other's countdowns and leases by their own clocks (docs/operations.md). */
const mostOffMs = 1_000;

const { ok, wrong } = about('clock');

/** By how much our clock is ahead of theirs at least, or behind when negative; 0 when the two may agree. */
export function findSkewMs({ theirs, askedAt, answeredAt, precisionMs }: ClockReading): number {
  // They read their clock between the two moments, and what they told may be up to a unit less than what it said.
  if (askedAt > theirs + precisionMs) return askedAt - theirs - precisionMs;
  return answeredAt < theirs ? answeredAt - theirs : 0;
}

export function checkClocks(readings: readonly ClockReading[]): readonly Finding[] {
  if (readings.length === 0) return [];
  const off = readings.filter((reading) => Math.abs(findSkewMs(reading)) > mostOffMs);
  if (off.length === 0) return [ok(`within a second of ${readings.map((reading) => reading.of).join(', ')}`)];
  return off.map((reading) => {
    const skewMs = findSkewMs(reading);
    const seconds = (Math.abs(skewMs) / 1_000).toFixed(1);
    return wrong(
      `this machine is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} ${reading.of}`,
      'keep all of them on NTP, within a second of each other',
    );
  });
}
