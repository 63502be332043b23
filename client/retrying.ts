import { TallyError } from './errors.ts';

/** What the same request may end well at, a moment later: where docs/errors.md says so, and when no answer came. */
const passing: ReadonlySet<string> = new Set([
  'IDENTITY_UNAVAILABLE',
  'NETWORK',
  'ROUTER_STOPPING',
  'SESSION_BUSY',
  'STORE_UNAVAILABLE',
  'SUBGRAPH_TIMEOUT',
  'SUBGRAPH_UNAVAILABLE',
  'SUBSCRIPTION_TOO_SLOW',
  'SUBSCRIPTION_UPSTREAM_LOST',
]);
const attempts = 4;

/** 128 random bits as hexadecimal digits. Not `crypto.randomUUID`, which browsers withhold from plain http. */
export function createKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether trying again may help. */
export function isPassing(error: unknown): boolean {
  return error instanceof TallyError && passing.has(error.code);
}

/** Waits before attempt `number`, the first of which is 1: 0.2, 0.4, 0.8 s and so on up to 5 s, a quarter more or less. */
export function pause(number: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(5_000, 100 * 2 ** number) * (0.75 + Math.random() / 2)));
}

/** Runs something harmless to repeat, up to four times while the failure is one that passes. */
export async function retrying<Value>(run: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt === attempts || !isPassing(error)) throw error;
      await pause(attempt);
    }
  }
}
