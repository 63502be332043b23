import { describe, expect, it } from 'vitest';
import { createOptionalDependency, TooLate } from './optional-dependency.ts';

const never = () => new Promise<never>(() => undefined);

describe('a dependency that a service can do without', () => {
  it('is waited for once, then asked once a second, and used again as soon as it answers', async () => {
    let time = 0;
    const told: unknown[] = [];
    const dependency = createOptionalDependency({
      name: 'test',
      deadlineMs: 20,
      consequence: 'working without it',
      onAway: (error) => told.push(error),
      now: () => time,
    });
    let asked = 0;
    const ask = (run: () => Promise<unknown>) =>
      dependency.ask(() => {
        asked += 1;
        return run();
      });
    expect(await ask(async () => 'there')).toBe('there');
    await expect(ask(never)).rejects.toThrow(TooLate);
    expect(dependency.check()).toEqual({ status: 'degraded', reason: 'working without it' });
    for (let count = 0; count < 100; count += 1) await expect(ask(never)).rejects.toThrow(TooLate);
    expect(asked).toBe(2);
    time += 1_001;
    await Promise.all([1, 2, 3].map(() => expect(ask(never)).rejects.toThrow(TooLate)));
    expect(asked).toBe(3);
    time += 1_001;
    expect(await ask(async () => 'back')).toBe('back');
    expect([dependency.check(), told.length]).toEqual([{ status: 'ok' }, 1]);
  });
});
