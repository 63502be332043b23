import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeadlines, type Deadlines } from './deadlines.ts';

describe('a deadline', () => {
  let deadlines: Deadlines;
  beforeEach(() => {
    deadlines = createDeadlines(200);
  });
  afterEach(() => deadlines.stop());

  it('ends what takes too long with ETIMEDOUT: not before its time, and soon after', async () => {
    const startedAt = performance.now();
    await expect(deadlines.within(new Promise(() => {}))).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    const took = performance.now() - startedAt;
    expect(took).toBeGreaterThanOrEqual(199);
    // A tenth, and what a busy machine adds.
    expect(took).toBeLessThan(2_000);
  });

  it('is of each by itself, and leaves alone what comes in time', async () => {
    const early = deadlines.within(new Promise(() => {})).catch(({ code }: { code: string }) => code);
    await sleep(120);
    const late = deadlines.within(sleep(120, 'in time'));
    expect(await Promise.all([early, late, deadlines.within(Promise.resolve('at once'))])).toEqual(['ETIMEDOUT', 'in time', 'at once']);
    await expect(deadlines.within(Promise.reject(new Error('its own')))).rejects.toThrow('its own');
  });
});
