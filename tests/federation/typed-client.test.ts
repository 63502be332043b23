import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Admission } from '../../client/place.ts';
import { createTally } from '../../client/tally.ts';
import { openValve, type Valve } from '../setup/valve.ts';
import { runMain } from './process.ts';
import { startWorld, type World } from './world.ts';

// The typed client (client/README.md) against the whole product.

let world: World;
let valve: Valve;
beforeAll(async () => {
  world = await startWorld();
  valve = await openValve(world.url);
});
afterAll(async () => {
  await valve?.stop();
  await world?.stop();
});

async function openTable(url = world.url, subscriptions: 'websocket' | 'sse' = 'websocket') {
  const tally = createTally({ url, subscriptions });
  const robin = await tally.createSession({ title: 'Sprint 24', name: 'Robin', role: 'SPECTATOR' });
  const ada = await tally.joinSession({ inviteCode: robin.inviteCode, name: 'Ada' });
  await robin.addTopics(['One', 'Two', 'Three']);
  return { robin, ada };
}

it("plays README's example", async () => {
  const readme = readFileSync(new URL('../../client/README.md', import.meta.url), 'utf8');
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const client = fileURLToPath(new URL('../../client/tally.ts', import.meta.url));
  const file = join(mkdtempSync(join(tmpdir(), 'tally-example-')), 'example.ts');
  writeFileSync(file, example.replace('tally/client/tally.ts', client));
  const played = runMain(file, { ROUTER_URL: world.url }, '/');
  expect(await played.exited, played.output()).toBe(0);
  expect(played.output().trim()).toBe('Ada said 5: 5');
});

describe.each(['websocket', 'sse'] as const)('following over %s', (subscriptions) => {
  it('loses and repeats no event when the connection is cut again and again', async () => {
    const { robin, ada } = await openTable(valve.url, subscriptions);
    const { revision } = await ada.session();
    const events = ada.events(revision);
    const followed: number[] = [];
    const following = (async () => {
      for await (const event of events) if (followed.push(event.revision) === 12) break;
    })();
    for (let turn = 0; turn < 3; turn += 1) {
      const round = await robin.startRound();
      await ada.vote(round.id, '5');
      valve.cut();
      await robin.reveal(round.id);
      valve.cut();
      await robin.settle(round.id, 5);
    }
    await following;
    expect(followed).toEqual(Array.from({ length: 12 }, (_, index) => revision + 1 + index));
  });

  it('hears nudges and reactions, also after the connection was cut', async () => {
    const { robin, ada } = await openTable(valve.url, subscriptions);
    const round = await robin.startRound();
    const signals = ada.signals();
    // A stream tells nothing of before it began: reactions until one is heard.
    const hearReaction = async () => {
      const heard = signals.next();
      const reacting = setInterval(() => void robin.react('CELEBRATE').catch(() => undefined), 1_100);
      const { value } = await heard;
      clearInterval(reacting);
      return value;
    };
    expect(await hearReaction()).toEqual({ by: robin.participantId, nudged: [], reaction: 'CELEBRATE' });
    expect(await robin.nudge(round.id)).toEqual([{ id: ada.participantId, name: 'Ada' }]);
    let nudge = await signals.next();
    while (nudge.value?.reaction !== null) nudge = await signals.next();
    expect(nudge.value).toEqual({ by: robin.participantId, nudged: [ada.participantId], reaction: null });
    await expect(robin.nudge(round.id, ada.participantId)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    valve.cut();
    expect(await hearReaction()).toMatchObject({ reaction: 'CELEBRATE' });
    await signals.return?.();
  });

  it('ends at once when it is told to, also while it waits', async () => {
    const { ada } = await openTable(world.url, subscriptions);
    const { revision } = await ada.session();
    const changes = ada.follow(revision);
    // The first payload tells who is there.
    await changes.next();
    const waiting = changes.next();
    await changes.return?.();
    expect((await waiting).done).toBe(true);
  });

  it('hands CURSOR_EXPIRED and NOT_A_PARTICIPANT to whoever follows', async () => {
    const { robin, ada } = await openTable(world.url, subscriptions);
    await expect(ada.follow(1_000_000).next()).rejects.toMatchObject({ name: 'TallyError', code: 'CURSOR_EXPIRED' });
    const stranger = await openTable(world.url, subscriptions);
    const admission = { ...stranger.ada.admission(), session: { ...robin.admission().session } };
    const lost = createTally({ url: world.url, subscriptions }).resume(admission);
    await expect(lost.follow(0).next()).rejects.toMatchObject({ code: 'NOT_A_PARTICIPANT' });
  });
});

describe('an answer that got lost', () => {
  let lossy: Server;
  let url: string;
  let lost = 0;
  beforeAll(async () => {
    lossy = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { authorization } = request.headers;
      const answer = await fetch(world.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
        body: Buffer.concat(chunks),
      });
      const text = await answer.text();
      if (lost > 0) {
        lost -= 1;
        request.socket.destroy();
      } else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
    });
    await new Promise<void>((resolve) => lossy.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(lossy.address() as AddressInfo).port}/graphql`;
  });
  afterAll(() => lossy.close());

  it('is asked for again, and nothing happens twice', async () => {
    const tally = createTally({ url });
    lost = 2;
    const robin = await tally.createSession({ title: 'Sprint 24', name: 'Robin' });
    lost = 1;
    await tally.joinSession({ inviteCode: robin.inviteCode, name: 'Ada' });
    lost = 1;
    const { added } = await robin.addTopics(['One']);
    expect(added.map(({ topic }) => topic)).toEqual(['One']);
    const { participants, items } = await robin.session();
    expect([participants.map(({ name }) => name), items.map(({ topic }) => topic)]).toEqual([['Robin', 'Ada'], ['One']]);
  });

  it('is NETWORK in the end', async () => {
    lost = 100;
    await expect(createTally({ url }).createSession({ title: 'Sprint 24', name: 'Robin' })).rejects.toMatchObject({ code: 'NETWORK' });
    lost = 0;
  });
});

describe('a place', () => {
  it('gives errors their codes', async () => {
    const { ada } = await openTable();
    await expect(ada.addTopics(['Mine'])).rejects.toMatchObject({ code: 'NOT_A_FACILITATOR', errors: [{ path: ['addTopics'] }] });
    await expect(createTally({ url: world.url }).joinSession({ inviteCode: 'nothing', name: 'Ada' })).rejects.toMatchObject({
      code: 'INVITE_NOT_FOUND',
    });
  });

  it('comes back by its admission when the token is over, renewing it once for all who wait', async () => {
    const { ada } = await openTable();
    const kept: Admission[] = [];
    const tally = createTally({ url: world.url, onAdmission: (admission) => kept.push(admission) });
    const back = tally.resume({ ...ada.admission(), expiresAt: new Date(0).toISOString() });
    const sessions = await Promise.all([back.session(), back.session(), back.session()]);
    expect(sessions.map(({ id }) => id)).toEqual(Array.from({ length: 3 }, () => ada.sessionId));
    expect(kept.map(({ participant }) => participant.id)).toEqual([ada.participantId]);
    expect(kept[0]?.refreshSecret).not.toBe(ada.admission().refreshSecret);
  });

  it('shows its own hidden card, and settles each track', async () => {
    const tally = createTally({ url: world.url });
    const robin = await tally.createSession({ title: 'Sprint 24', name: 'Robin', tracks: [{ id: 'dev' }, { id: 'test' }] });
    await robin.addTopics(['One']);
    const { id } = await robin.startRound();
    await robin.vote(id, '5', 'dev');
    await robin.vote(id, '8', 'test');
    expect((await robin.myVote(id)).map(({ track, card }) => [track, card.label])).toEqual([
      ['dev', '5'],
      ['test', '8'],
    ]);
    await robin.reveal(id);
    const { estimates } = await robin.settle(id, [
      { track: 'dev', value: 5 },
      { track: 'test', value: 8 },
    ]);
    expect(estimates.map(({ value }) => value)).toEqual([5, 8]);
  });
});
