import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { startServices } from './load/services.ts';
import { openSitting, quantile, round } from './load/sessions.ts';
import { connectSubscriber } from './routers/subscriber.ts';

const usual = 1_000;
/** Each follows from several tabs: a participant may have twenty streams. */
const streamsEach = 17;
const query = 'subscription Storm($id: ID!, $after: Int) { sessionChanges(sessionId: $id, after: $after) { revision } }';
/** Less than clients wait before they try again: what is measured is the services' work. */
const retryMs = 50;

/**
 * The router of 1000 pages of one session (or as many as is said) is killed and started again: how long from when it serves until the pages have their
 * streams back, each from the revision that it knew, and what that takes of router's and voting's time. The pages' own time is on the same machine.
 */
export async function benchStorm(
  say: (line: string) => void,
  [chosen]: readonly string[] = [],
): Promise<Readonly<Record<string, string | number>>> {
  const followers = Number(chosen ?? usual);
  const services = await startServices();
  const sockets: WebSocket[] = [];
  try {
    const { facilitator, tokens } = await openSitting(services.router.url, { voters: Math.ceil(followers / streamsEach), items: 12 });
    /** Opens all pages at once; gives how many milliseconds after `startedAt` each had its first event. */
    const open = async (url: string, after: number, startedAt: number): Promise<readonly number[]> =>
      Promise.all(
        Array.from({ length: followers }, async (_, index) => {
          const following = { query, variables: { id: facilitator.sessionId, after } };
          const socket = await untilConnected(() => connectSubscriber(url, tokens[index % tokens.length] ?? '', following, { count: 0 }));
          sockets.push(socket);
          await new Promise<void>((resolve) => socket.on('message', (data: Buffer) => data.includes('"next"') && resolve()));
          return performance.now() - startedAt;
        }),
      );

    const { revision } = await facilitator.session();
    await facilitator.addTopics(['What everybody is to hear of']);
    const first = await open(services.router.url, revision, performance.now());
    say(`${followers} pages were opened in ${seconds(first, 1)} s`);
    const votingBefore = services.voting.cpuMicros();
    const router = await services.restartRouter();
    // Those of before have ended with it.
    sockets.splice(0);
    const routerBefore = router.cpuMicros();
    const back = await open(router.url, revision, performance.now());
    return {
      bench: 'storm',
      followers,
      halfBackSeconds: seconds(back, 0.5),
      allBackSeconds: seconds(back, 1),
      routerCpuMsEach: round((router.cpuMicros() - routerBefore) / 1_000 / followers),
      votingCpuMsEach: round((services.voting.cpuMicros() - votingBefore) / 1_000 / followers),
    };
  } finally {
    for (const socket of sockets) socket.terminate();
    await services.stop();
  }
}

const seconds = (times: readonly number[], share: number): number => round(quantile(times, share) / 1_000);

async function untilConnected(connect: () => Promise<WebSocket>): Promise<WebSocket> {
  for (;;) {
    try {
      return await connect();
    } catch {
      await sleep(retryMs);
    }
  }
}
