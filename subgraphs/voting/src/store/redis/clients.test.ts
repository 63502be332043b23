import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Client, type Kept, keepClients } from './clients.ts';

/** A client whose connection comes and goes as the test says; asked without one it fails, as the driver does. */
interface Switched extends Client {
  isConnected: boolean;
  readonly ask: () => Promise<number>;
}

describe('several clients', () => {
  let clients: Switched[];
  let kept: Kept<Switched>;

  beforeEach(async () => {
    clients = [];
    const create = (): Switched => {
      const number = clients.length;
      const client: Switched = {
        isConnected: true,
        open: async () => {},
        ping: async () => 'PONG',
        close: () => {},
        isReady: () => client.isConnected,
        ask: () => (client.isConnected ? Promise.resolve(number) : Promise.reject(new Error('The client is offline'))),
      };
      clients.push(client);
      return client;
    };
    kept = keepClients(3, create, { timeoutMs: 5_000, warn: () => {} });
    await expect.poll(() => kept.isReady()).toBe(true);
  });
  afterEach(() => kept.close());

  const askSixTimes = () => Promise.all(Array.from({ length: 6 }, () => kept.use((client) => client.ask())));
  const disconnect = (...numbers: readonly number[]) => {
    for (const [number, client] of clients.entries()) client.isConnected = !numbers.includes(number);
  };

  it.each([
    [[], [0, 1, 2]],
    [[0], [1, 2]],
    [[1], [0, 2]],
    [[2], [0, 1]],
    [[0, 1], [2]],
    [[0, 2], [1]],
    [[1, 2], [0]],
  ])('take turns without %j, who have no connection', async (lost, answering) => {
    disconnect(...lost);
    expect([...new Set(await askSixTimes())].sort()).toEqual(answering);
    disconnect();
    expect(new Set(await askSixTimes()).size).toBe(3);
  });

  it('fail at once when none has one', async () => {
    disconnect(0, 1, 2);
    expect(kept.isReady()).toBe(false);
    await expect(askSixTimes()).rejects.toThrow('The client is offline');
  });
});
