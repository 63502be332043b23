import { describe, expect, it } from 'vitest';
import { runMain } from './process.ts';
import { availableStorages, startWorld } from './world.ts';

describe("README's tour", { timeout: 120_000 }, () => {
  it.each(availableStorages)('plays on %s, with one request to Jira for the import and the read of all issues', async (storage) => {
    const world = await startWorld({}, storage);
    try {
      const tour = runMain('tour/tour.ts', { ROUTER_URL: world.url, SIMULATOR_URL: world.simulator.url });
      expect(await tour.exited, tour.output()).toBe(0);
      const lastLine = tour.output().trimEnd().split('\n').at(-1) ?? '';
      expect(JSON.parse(lastLine)).toEqual({ tour: 'ok', issues: expect.any(Number), jiraCalls: 1, events: 2 });
    } finally {
      await world.stop();
    }
  });

  it('ends with a plain line and exit code 1 where no router answers', async () => {
    const tour = runMain('tour/tour.ts', { ROUTER_URL: 'http://127.0.0.1:9', TOUR_WAIT_SECONDS: '1' });
    expect(await tour.exited).toBe(1);
    expect(tour.output()).toContain('"tour":"failed"');
    expect(tour.output()).toContain('npm start');
  });
});
