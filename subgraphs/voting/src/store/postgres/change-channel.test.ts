import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { createLogger } from '../../../../../kit/process/logging.ts';
import { openValve, type Valve } from '../../../../../tests/setup/valve.ts';
import { type ChangeChannel, openChangeChannel } from './change-channel.ts';

const url = inject('TEST_DATABASE_URL');

interface Pair {
  readonly valve: Valve;
  readonly channel: ChangeChannel;
  readonly heard: readonly string[];
}

describe.skipIf(url === undefined)('the channel that tells of changes', () => {
  const stops: Array<() => Promise<void>> = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  const open = (connectionString: string): ChangeChannel =>
    openChangeChannel({ server: { connectionString }, timeoutMs: 300, log: createLogger('test', 'silent') });

  /** A channel behind a valve, and what another replica heard of it. */
  async function openPair(): Promise<Pair> {
    const valve = await openValve(url ?? '');
    const channel = open(valve.url);
    const other = open(url ?? '');
    const heard: string[] = [];
    const id = randomUUID();
    const leave = other.onChange((sessionId) => heard.push(sessionId));
    stops.push(async () => {
      leave();
      await other.stop();
      await valve.stop();
    });
    await expect
      .poll(() => {
        channel.tell(id);
        return heard;
      })
      .toContain(id);
    return { valve, channel, heard };
  }

  it.each(['shut', 'cut'] as const)('stops with something untold while its server is %s, and leaves nothing running', async (how) => {
    const { valve, channel } = await openPair();
    valve[how]();
    channel.tell(randomUUID());
    await channel.stop();
    // A loop that never waits would let no timer come.
    await sleep(1_500);
  });

  it('tells what was said while it had no connection', async () => {
    const { valve, channel, heard } = await openPair();
    valve.cut();
    const id = randomUUID();
    channel.tell(id);
    await expect.poll(() => heard).toContain(id);
    await channel.stop();
  });
});
