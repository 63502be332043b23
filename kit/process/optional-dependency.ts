import { Gauge } from 'prom-client';
import type { Check } from './health.ts';

/** A dependency that a service can do without for a while: a cache, a shared counter. */
export interface OptionalDependency {
  /**
   * Asks it; rejects when it fails, when it does not answer within the deadline, and at once while it is known not to answer.
   * One question a second then goes out to find out.
   */
  readonly ask: <Value>(run: () => Promise<Value>) => Promise<Value>;
  readonly isAvailable: () => boolean;
  /** For readiness: degraded while it is away. */
  readonly check: () => Check;
}

export interface OptionalDependencyOptions {
  /** Label of the metric, e.g. `rate-limits`. */
  readonly name: string;
  /** How long an answer may take. */
  readonly deadlineMs: number;
  /** What is missing meanwhile, in plain words. */
  readonly consequence: string;
  /** Told once each time that it goes away. */
  readonly onAway: (error: unknown) => void;
  readonly now?: () => number;
}

/** An answer that did not come in time. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

const probeEveryMs = 1_000;

const available = new Gauge({
  name: 'tally_dependency_available',
  help: 'Whether a dependency that the service can do without answers: 1, or 0 while the service works without it.',
  labelNames: ['dependency'],
});

/** Watches a dependency by what its questions come to. It counts as available until one of them fails. */
export function createOptionalDependency(options: OptionalDependencyOptions): OptionalDependency {
  const { name, deadlineMs, consequence, onAway, now = () => performance.now() } = options;
  let nextProbeAt: number | undefined;
  const shown = available.labels(name);
  shown.set(1);

  const away = (error: unknown): void => {
    if (nextProbeAt === undefined) onAway(error);
    nextProbeAt = now() + probeEveryMs;
    shown.set(0);
  };
  return {
    ask: async (run) => {
      if (nextProbeAt !== undefined) {
        if (now() < nextProbeAt) throw new TooLate(`${name} does not answer at the moment`);
        nextProbeAt = now() + Math.max(probeEveryMs, deadlineMs);
      }
      try {
        const value = await answerWithin(deadlineMs, name, run);
        nextProbeAt = undefined;
        shown.set(1);
        return value;
      } catch (error) {
        away(error);
        throw error;
      }
    },
    isAvailable: () => nextProbeAt === undefined,
    check: () => (nextProbeAt === undefined ? { status: 'ok' } : { status: 'degraded', reason: consequence }),
  };
}

/**
 * What `run` comes to.
 *
 * @throws TooLate when that takes longer than `deadlineMs`; what comes after it is ignored.
 */
export async function answerWithin<Value>(deadlineMs: number, name: string, run: () => Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TooLate(`${name} did not answer within ${deadlineMs} ms`)), deadlineMs);
  });
  const running = run();
  running.catch(() => undefined);
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}
