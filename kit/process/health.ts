import { toMessage } from './errors.ts';

/** One dependency's state; `reason` says what is wrong in words an operator can act on, without secrets. */
export type Check = { readonly status: 'ok' } | { readonly status: 'degraded' | 'down'; readonly reason: string };

export type Checks = Readonly<Record<string, () => Check | Promise<Check>>>;

/** What `/health` answers. `degraded` still takes traffic (200); `down` does not (503). */
export interface Health {
  readonly status: Check['status'];
  readonly service: string;
  readonly checks: Readonly<Record<string, Check>>;
}

const checkTimeoutMs = 2_000;

/** Runs every check at once; one that throws or takes over 2 s counts as down. */
export async function readHealth(service: string, checks: Checks): Promise<Health> {
  const entries = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await runCheck(check)] as const));
  const states = entries.map(([, check]) => check.status);
  const status = states.includes('down') ? 'down' : states.includes('degraded') ? 'degraded' : 'ok';
  return { status, service, checks: Object.fromEntries(entries) };
}

async function runCheck(check: Checks[string]): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<Check>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'down', reason: `no answer within ${checkTimeoutMs} ms` }), checkTimeoutMs);
  });
  try {
    return await Promise.race([check(), timedOut]);
  } catch (error) {
    return { status: 'down', reason: toPlainReason(error) };
  } finally {
    clearTimeout(timer);
  }
}

const longestReason = 200;

/** One plain line. A driver's error may have many, of which the last says what happened. */
function toPlainReason(error: unknown): string {
  const lines = toMessage(error)
    .split('\n')
    .flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  return (lines.at(-1) ?? 'failed').slice(0, longestReason);
}

const graceMs = 30_000;

/**
 * For a dependency that all replicas share. While it is away for a short time each of them is `degraded` and goes on to answer, with typed
 * errors; all of them `down` would be taken out together, and come back seconds after the dependency. One that is away for longer is
 * `down`, and so is one that was never there: a new version with a wrong address must not become ready.
 */
export function withGrace(check: () => Promise<Check>, now: () => number = () => performance.now()): () => Promise<Check> {
  let lastGoodAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const found = await runCheck(check);
    if (found.status !== 'down') {
      lastGoodAt = now();
      return found;
    }
    return now() - lastGoodAt < graceMs ? { ...found, status: 'degraded' } : found;
  };
}
