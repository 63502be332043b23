// `npm run bench -- sharing`: what subscriptions that ask for nearly the same cost everybody else who follows the session.
import { setTimeout as wait } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { start } from '../router/src/main.ts';
import { castToyVote } from '../router/test/toy-voting.ts';
import { startWorld, type World } from '../router/test/world.ts';

const participants = 30;
const streamsEach = 20;
const events = 20;
const leaves = ['id', 'title', 'revision', 'items { id }', 'items { revision }', 'items { issue { key } }', 'items { issue { summary } }'];
/** Enough for more than 600 selections. */
const all = [...leaves, 'items { issue { status } }', '__typename', 'items { __typename }'];
const pick = (from: readonly string[], bits: number): string => from.filter((_, bit) => bits & (1 << bit)).join(' ');

/** The nth of 600 subscriptions of one session: equal, under another name, or with another selection. */
const kinds: Readonly<Record<string, (n: number) => string>> = {
  equal: () => leaves.join(' '),
  aliases: (n) => `a${n}: ${leaves.join(' ')}`,
  'one of 30 with 20 selections': (n) => (n < streamsEach ? pick(all, 1_023 - n) : leaves.join(' ')),
  'all with the same 20 selections': (n) => pick(all, 1_023 - (n % streamsEach)),
  '127 selections': (n) => pick(leaves, (n % 127) + 1),
  '600 selections': (n) => pick(all, n + 1),
};

/** Figures for each kind: what an event takes until a bystander has it, the CPU for all, and what goes to the subgraph. */
export async function benchSharing(say: (line: string) => void): Promise<Readonly<Record<string, string | number>>> {
  const figures: Record<string, string | number> = {};
  for (const [kind, selectionOf] of Object.entries(kinds)) {
    const world = await startWorld(start, { RATE_LIMIT_IP: '1000000', RATE_LIMIT_IDENTITY: '1000000', MAX_CONNECTIONS_PER_IP: '1000' });
    say(`${participants * streamsEach} subscriptions: ${kind}`);
    Object.assign(figures, await measure(world, kind, selectionOf));
    await world.stop();
  }
  return figures;
}

async function measure(world: World, kind: string, selectionOf: (n: number) => string): Promise<Readonly<Record<string, string | number>>> {
  const clients: Client[] = [];
  let heard = 0;
  const connect = async (subscriptions: readonly string[], onEvent: () => void) => {
    const authorization = `Bearer ${await world.token()}`;
    const client = createClient({
      url: world.router.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization },
    });
    clients.push(client);
    for (const query of subscriptions)
      client.subscribe(
        { query },
        { next: onEvent, error: (error) => process.stderr.write(`${JSON.stringify(error)}\n`), complete: () => {} },
      );
  };
  for (let person = 0; person < participants; person += 1) {
    const numbers = Array.from({ length: streamsEach }, (_, index) => person * streamsEach + index);
    await connect(
      numbers.map((n) => `subscription { sessionUpdated(sessionId: "s1") { ${selectionOf(n)} } }`),
      () => {
        heard += 1;
      },
    );
  }
  while (heard < participants * streamsEach) await wait(50);
  let told = 0;
  await connect(['subscription { sessionUpdated(sessionId: "s1") { revision } }'], () => {
    told += 1;
  });
  while (told === 0) await wait(10);
  await wait(1_000);
  const upstreams = world.votingState.active.get('sessionUpdated') ?? 0;
  const delays: number[] = [];
  const before = process.cpuUsage();
  for (let event = 0; event < events; event += 1) {
    const [toldBefore, startedAt] = [told, performance.now()];
    castToyVote(world.votingState);
    while (told === toldBefore) await wait(1);
    delays.push(performance.now() - startedAt);
    await wait(400);
  }
  const { user, system } = process.cpuUsage(before);
  delays.sort((a, b) => a - b);
  for (const client of clients) await client.dispose();
  return {
    [`${kind}: upstream operations`]: upstreams,
    [`${kind}: ms until a bystander has it, median`]: Math.round(delays[events / 2] ?? 0),
    [`${kind}: ms until a bystander has it, worst`]: Math.round(delays.at(-1) ?? 0),
    [`${kind}: ms of CPU for each event, clients and subgraphs included`]: Math.round((user + system) / 1_000 / events),
  };
}
