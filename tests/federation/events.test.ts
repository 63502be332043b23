import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, follow } from './client.ts';
import { openSession, revealRound, settleRound, startRound, vote } from './session.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

describe('an event may hold any field of any subgraph', () => {
  it('issueUpdated, from jira, holds what voting knows of the issue, and what voting makes of jira’s own fields', async () => {
    const session = await openSession(world.url, { keys: ['SHOP-21'] });
    const { id: roundId } = await startRound(world.url, session);
    await vote(world.url, session.ada, roundId, '8');
    await ask(world.url, revealRound, { roundId }, session.robin);
    const text = 'subscription ($key: ID!) { issueUpdated(key: $key) { key storyPoints estimates { value } changedSinceEstimate } }';
    const stream = await follow(world.url, text, { key: 'SHOP-21' }, session.ada);
    await ask(world.url, settleRound, { roundId, estimate: 8 }, session.robin);
    expect(await stream.next()).toEqual({
      data: { issueUpdated: { key: 'SHOP-21', storyPoints: 8, estimates: [{ value: 8 }], changedSinceEstimate: [] } },
    });
    await stream.close();
  });

  it('sessionUpdated, sessionEvents and voteResults, from voting, hold what jira knows of the issue', async () => {
    const session = await openSession(world.url, { keys: ['SHOP-22'] });
    const issue = 'issue { key summary status { name category } }';
    const texts = [
      `subscription ($id: ID!) { sessionUpdated(sessionId: $id) { items { ${issue} } currentRound { ${issue} } } }`,
      `subscription ($id: ID!) { sessionEvents(sessionId: $id, after: 0) { item { ${issue} } round { ${issue} } } }`,
      `subscription ($id: ID!) { voteResults(sessionId: $id) { ${issue} item { ${issue} } } }`,
    ];
    const streams = await Promise.all(texts.map((text) => follow(world.url, text, { id: session.id }, session.ada)));
    const { id: roundId } = await startRound(world.url, session);
    await vote(world.url, session.ada, roundId, '3');
    await ask(world.url, revealRound, { roundId }, session.robin);
    const whole = {
      key: 'SHOP-22',
      summary: expect.any(String),
      status: { name: expect.any(String) },
    };
    await expect
      .poll(() => streams[0]?.all().at(-1))
      .toMatchObject({ data: { sessionUpdated: { items: [{ issue: whole }], currentRound: { issue: whole } } } });
    await expect.poll(() => streams[1]?.all().at(-1)).toMatchObject({ data: { sessionEvents: { round: { issue: whole } } } });
    await expect.poll(() => streams[2]?.all().at(-1)).toMatchObject({ data: { voteResults: { issue: whole, item: { issue: whole } } } });
    await Promise.all(streams.map((stream) => stream.close()));
  });

  it('sessionChanges holds what jira knows of what changed, and a vote is 600 bytes at most', async () => {
    const session = await openSession(world.url, { keys: ['SHOP-23'] });
    const issue = 'issue { key summary }';
    const text = `subscription ($id: ID!, $after: Int) { sessionChanges(sessionId: $id, after: $after) { revision changes {
      __typename
      ... on ItemChanged { item { id state ${issue} } }
      ... on RoundChanged { itemId round { id state ${issue} } }
      ... on PresenceChanged { participantId isOnline }
      ... on VoteChanged { roundId participantId track hasVoted }
    } } }`;
    const { session: before } = await ask(world.url, 'query ($id: ID!) { session(id: $id) { revision } }', { id: session.id }, session.ada);
    const streams = await Promise.all(
      [session.ada, session.grace].map((token) => follow(world.url, text, { id: session.id, after: before.revision }, token)),
    );
    const { id: roundId } = await startRound(world.url, session);
    await vote(world.url, session.ada, roundId, '3');
    for (const stream of streams) {
      const told = () => stream.all().flatMap(({ data }) => data.sessionChanges.changes.map((change: object) => change));
      await expect.poll(told).toContainEqual(expect.objectContaining({ __typename: 'VoteChanged', roundId, hasVoted: true }));
      const whole = { key: 'SHOP-23', summary: expect.any(String) };
      const round = { id: roundId, state: 'OPEN', issue: whole };
      expect(told()).toContainEqual({ __typename: 'RoundChanged', itemId: expect.any(String), round });
      expect(told()).toContainEqual({ __typename: 'ItemChanged', item: { id: expect.any(String), state: 'VOTING', issue: whole } });
      const voted = stream.all().find(({ data }) => data.sessionChanges.changes[0]?.__typename === 'VoteChanged');
      expect(JSON.stringify(voted).length).toBeLessThanOrEqual(600);
      await stream.close();
    }
  });
});
