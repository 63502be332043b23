import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { askSubgraphs, startFollowed } from './routers/followed.ts';
import { type Measured, startProcess, startTally, toMeasured } from './routers/processes.ts';
import type { Command, Stats } from './routers/subgraphs.ts';
import { connectSubscriber } from './routers/subscriber.ts';

export interface FanoutBench {
  readonly bench: 'fanout';
  readonly deliveriesPerSecond: number;
  /** From the vote to the 500th of 1000 subscribers, median of ten single events. */
  readonly p50Ms: number;
  readonly upstreamSubscriptions: number;
  readonly bytesPerIdleSubscriber: number;
  readonly deliveriesVsHive: number;
}

interface Followed {
  readonly deliveriesPerSecond: number;
  readonly p50Ms: number;
  readonly upstreams: number;
  readonly bytesPerSubscriber: number;
}

const subscribers = 1_000;
const following = {
  query: 'subscription R($id: ID!) { voteResults(sessionId: $id) { id issue { key summary } } }',
  variables: { id: 's1' },
};
const longestBurstMs = 60_000;

/** One session, 1000 graphql-ws subscribers with tokens of their own, every event joined with Jira's data. */
export async function benchFanout(say: (line: string) => void): Promise<FanoutBench> {
  const { subgraphs, environment, supergraphFile } = await startFollowed();
  try {
    const tokens = await askSubgraphs<readonly string[]>(subgraphs, { kind: 'tokens', count: subscribers });
    const tally = await startTally(environment);
    const own = await follow(tally, subgraphs, tokens, { burst: 50, singles: 10 }, say).finally(tally.stop);
    let hive: Followed | undefined;
    if (existsSync(new URL('./peers/node_modules', import.meta.url))) {
      const peer = await startProcess<string>(new URL('./peers/hive-ws.mjs', import.meta.url), { SUPERGRAPH_FILE: supergraphFile });
      const measured = toMeasured('hive', peer.message, peer.child);
      hive = await follow(measured, subgraphs, tokens, { burst: 5, singles: 3 }, say).finally(measured.stop);
    }
    return {
      bench: 'fanout',
      deliveriesPerSecond: Math.round(own.deliveriesPerSecond),
      p50Ms: Math.round(own.p50Ms),
      upstreamSubscriptions: own.upstreams,
      bytesPerIdleSubscriber: Math.round(own.bytesPerSubscriber),
      deliveriesVsHive: hive === undefined ? 0 : Math.round((own.deliveriesPerSecond / hive.deliveriesPerSecond) * 10) / 10,
    };
  } finally {
    subgraphs.kill();
  }
}

async function follow(
  router: Measured,
  subgraphs: ChildProcess,
  tokens: readonly string[],
  { burst, singles }: { readonly burst: number; readonly singles: number },
  say: (line: string) => void,
): Promise<Followed> {
  const received = { count: 0 };
  const warmUp = await connectSubscriber(router.url, tokens[0] ?? '', following, received);
  await until(
    () => received.count > 0,
    () => subgraphs.send({ kind: 'vote' } satisfies Command),
  );
  const residentBefore = router.residentBytes();
  const sockets = [warmUp];
  // Some at a time: a thousand handshakes at once would measure the kernel's queue.
  for (let from = 1; from < tokens.length; from += 50) {
    sockets.push(
      ...(await Promise.all(tokens.slice(from, from + 50).map((token) => connectSubscriber(router.url, token, following, received)))),
    );
  }
  // Everyone is subscribed when one event reaches all.
  await until(async () => {
    received.count = 0;
    subgraphs.send({ kind: 'vote' } satisfies Command);
    await waitFor(() => received.count >= subscribers, 20_000);
    return received.count === subscribers;
  });
  const residentAfter = router.residentBytes();
  const { upstreams } = await askSubgraphs<Stats>(subgraphs, { kind: 'stats' });

  const latencies: number[] = [];
  for (let event = 0; event < singles; event += 1) latencies.push(await timeOfHalf(subgraphs, received));
  received.count = 0;
  const started = performance.now();
  for (let event = 0; event < burst; event += 1) subgraphs.send({ kind: 'vote' } satisfies Command);
  await waitFor(() => received.count >= burst * subscribers, longestBurstMs);
  const elapsedMs = performance.now() - started;

  for (const socket of sockets) socket.terminate();
  const followed: Followed = {
    deliveriesPerSecond: received.count / (elapsedMs / 1_000),
    p50Ms: latencies.sort((a, b) => a - b)[Math.floor(latencies.length / 2)] ?? Number.NaN,
    upstreams,
    bytesPerSubscriber: (residentAfter - residentBefore) / subscribers,
  };
  say(
    `${router.name}: ${received.count} of ${burst * subscribers} deliveries in ${Math.round(elapsedMs)} ms; one event to half of all in ${Math.round(followed.p50Ms)} ms; ${upstreams} upstream subscriptions`,
  );
  return followed;
}

async function timeOfHalf(subgraphs: ChildProcess, received: { count: number }): Promise<number> {
  received.count = 0;
  const started = performance.now();
  subgraphs.send({ kind: 'vote' } satisfies Command);
  while (received.count < subscribers / 2) await new Promise((resolve) => setImmediate(resolve));
  const half = performance.now() - started;
  await waitFor(() => received.count >= subscribers, 20_000);
  return half;
}

/** Resolves when it is so, or when the time is up. */
async function waitFor(isSo: () => boolean, longestMs: number): Promise<void> {
  const givenUpAt = performance.now() + longestMs;
  while (!isSo() && performance.now() < givenUpAt) await new Promise((resolve) => setTimeout(resolve, 2));
}

async function until(isReady: () => boolean | Promise<boolean>, between: () => void = () => {}): Promise<void> {
  const givenUpAt = Date.now() + 60_000;
  while (!(await isReady())) {
    if (Date.now() > givenUpAt) throw new Error('The subscribers did not get what they should.');
    between();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
