import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, codeOf, follow, send } from './client.ts';
import { castVote, openSession, type PlayedSession, revealRound, settleRound, startRound, vote } from './session.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const readSession = 'query ($id: ID!) { session(id: $id) { id } }';
const addByJql = 'mutation ($sessionId: ID!, $jql: String) { addIssues(sessionId: $sessionId, jql: $jql) { added { id } } }';
const votesOf = async (session: PlayedSession) =>
  (
    await ask(
      world.url,
      'query ($id: ID!) { session(id: $id) { currentRound { votes { participant { name } card { label } } } } }',
      { id: session.id },
      session.ada,
    )
  ).session.currentRound.votes;

describe('what does not exist', () => {
  it('refuses a session of somebody else with NOT_A_PARTICIPANT, and an unknown one with a typed code', async () => {
    const [one, other] = [await openSession(world.url), await openSession(world.url)];
    expect(await codeOf(send(world.url, readSession, { id: one.id }, other.ada))).toBe('NOT_A_PARTICIPANT');
    expect(await codeOf(send(world.url, readSession, { id: 'nowhere' }, one.ada))).toMatch(/^(SESSION_NOT_FOUND|NOT_A_PARTICIPANT)$/);
  });

  it('refuses an unknown round with ROUND_NOT_FOUND', async () => {
    const session = await openSession(world.url, { keys: ['SHOP-20'] });
    expect(await codeOf(send(world.url, castVote, { roundId: 'nowhere', card: '3' }, session.ada))).toBe('ROUND_NOT_FOUND');
  });

  it('refuses an unknown issue with ISSUE_NOT_FOUND', async () => {
    expect(await codeOf(send(world.url, '{ issue(key: "SHOP-99999") { key } }'))).toBe('ISSUE_NOT_FOUND');
  });

  it('refuses an unknown invite code with INVITE_NOT_FOUND', async () => {
    expect(await codeOf(send(world.url, 'mutation { joinSession(inviteCode: "NOWHERE", name: "Ada") { token } }'))).toBe(
      'INVITE_NOT_FOUND',
    );
  });
});

describe('a vote', () => {
  it('with a card outside the deck is refused with CARD_NOT_IN_DECK, and the earlier vote stays', async () => {
    const session = await openSession(world.url, { keys: ['SHOP-20'] });
    const round = await startRound(world.url, session);
    await vote(world.url, session.ada, round.id, '3');
    expect(await codeOf(send(world.url, castVote, { roundId: round.id, card: '4' }, session.ada))).toBe('CARD_NOT_IN_DECK');
    await ask(world.url, revealRound, { roundId: round.id }, session.robin);
    expect(await votesOf(session)).toEqual([{ participant: { name: 'Ada' }, card: { label: '3' } }]);
  });

  it('on a revealed round is refused with ROUND_NOT_OPEN, and not stored', async () => {
    const session = await openSession(world.url, { keys: ['SHOP-20'] });
    const round = await startRound(world.url, session);
    await vote(world.url, session.ada, round.id, '3');
    await ask(world.url, revealRound, { roundId: round.id }, session.robin);
    expect(await codeOf(send(world.url, castVote, { roundId: round.id, card: '8' }, session.grace))).toBe('ROUND_NOT_OPEN');
    expect(await votesOf(session)).toEqual([{ participant: { name: 'Ada' }, card: { label: '3' } }]);
  });

  it('by somebody without a token is refused with UNAUTHENTICATED', async () => {
    const session = await openSession(world.url, { keys: ['SHOP-20'] });
    const round = await startRound(world.url, session);
    expect(await codeOf(send(world.url, castVote, { roundId: round.id, card: '3' }))).toBe('UNAUTHENTICATED');
  });
});

describe('a round', () => {
  it('is not revealed by a participant who is no facilitator: NOT_A_FACILITATOR', async () => {
    const session = await openSession(world.url, { keys: ['SHOP-20'] });
    const round = await startRound(world.url, session);
    expect(await codeOf(send(world.url, revealRound, { roundId: round.id }, session.ada))).toBe('NOT_A_FACILITATOR');
  });

  it('is not settled before its reveal: ROUND_NOT_REVEALED', async () => {
    const session = await openSession(world.url, { keys: ['SHOP-20'] });
    const round = await startRound(world.url, session);
    expect(await codeOf(send(world.url, settleRound, { roundId: round.id, estimate: 3 }, session.robin))).toBe('ROUND_NOT_REVEALED');
  });
});

describe('a JQL that Jira rejects', () => {
  const jql = 'projekt = SHOP';

  it("is refused with JQL_INVALID and Jira's own message, in a search", async () => {
    const { errors } = await send(world.url, 'query ($jql: String!) { searchIssues(jql: $jql) { nodes { key } } }', { jql });
    expect(errors).toMatchObject([{ message: expect.stringContaining('projekt'), extensions: { code: 'JQL_INVALID' } }]);
  });

  it("is refused with JQL_INVALID and Jira's own message, in an import, and the queue stays as it was", async () => {
    const session = await openSession(world.url, { keys: ['SHOP-20'] });
    const { errors } = await send(world.url, addByJql, { sessionId: session.id, jql }, session.robin);
    expect(errors).toMatchObject([{ message: expect.stringContaining('projekt'), extensions: { code: 'JQL_INVALID' } }]);
    const read = await ask(world.url, 'query ($id: ID!) { session(id: $id) { items { issue { key } } } }', { id: session.id }, session.ada);
    expect(read.session.items).toEqual([{ issue: { key: 'SHOP-20' } }]);
  });
});

describe('a token', () => {
  it.each([
    ['no JWT', 'rubbish'],
    ['not signed by us', 'eyJhbGciOiJFZERTQSIsImtpZCI6IngifQ.eyJpc3MiOiJ0YWxseSIsInN1YiI6ImEiLCJzaWQiOiJiIiwiZXhwIjo5OTk5OTk5OTk5fQ.AAAA'],
    ['unsigned', 'eyJhbGciOiJub25lIn0.eyJpc3MiOiJ0YWxseSIsInN1YiI6ImEiLCJzaWQiOiJiIiwiZXhwIjo5OTk5OTk5OTk5fQ.'],
  ])('that is %s is refused with TOKEN_INVALID', async (_what, token) => {
    const session = await openSession(world.url);
    expect(await codeOf(send(world.url, readSession, { id: session.id }, token))).toBe('TOKEN_INVALID');
  });

  it('that was changed is refused with TOKEN_INVALID', async () => {
    const session = await openSession(world.url);
    const [header, payload = '', signature] = session.ada.split('.');
    const claims = { ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), sub: 'somebody' };
    const forged = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    expect(await codeOf(send(world.url, readSession, { id: session.id }, forged))).toBe('TOKEN_INVALID');
  });

  it('that is malformed opens no subscription', async () => {
    const session = await openSession(world.url);
    const stream = await follow(
      world.url,
      'subscription ($id: ID!) { voteResults(sessionId: $id) { state } }',
      { id: session.id },
      'rubbish',
    );
    await expect(stream.next()).rejects.toThrow(/TOKEN_INVALID|4401/);
    await stream.close();
  });
});

describe('a body', () => {
  it('of 2 MB is refused with BODY_TOO_LARGE, and the router goes on', async () => {
    const { status, errors } = await send(world.url, '{ decks { name } }', { padding: 'x'.repeat(2 * 1024 * 1024) });
    expect(status).toBe(413);
    expect(errors).toMatchObject([{ extensions: { code: 'BODY_TOO_LARGE' } }]);
    expect((await ask(world.url, '{ decks { name } }')).decks.length).toBeGreaterThan(0);
  });

  it('that is no JSON is refused with BAD_REQUEST', async () => {
    const response = await fetch(world.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{ decks' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });
});

describe('while Jira is down', () => {
  const items = 'query ($id: ID!) { session(id: $id) { title items { issue { key summary } } } }';

  it('a session is answered in part, with JIRA_UNAVAILABLE, and voting goes on', async () => {
    const session = await openSession(world.url, { keys: ['OPS-20', 'OPS-21'] });
    // A fresh jira subgraph has nothing in its cache to stand in.
    await world.stopJira();
    await world.restartJira();
    world.simulator.faults.add({ kind: 'status', status: 503 });
    try {
      const { data, errors } = await send(world.url, items, { id: session.id }, session.ada);
      expect(data?.session.title).toBe('Sprint 24');
      expect(data?.session.items).toHaveLength(2);
      expect(errors.map(({ extensions }) => extensions?.code)).toContain('JIRA_UNAVAILABLE');
      const round = await startRound(world.url, session);
      await vote(world.url, session.ada, round.id, '3');
      await ask(world.url, revealRound, { roundId: round.id }, session.robin);
      expect(await votesOf(session)).toHaveLength(1);
      expect(await codeOf(send(world.url, addByJql, { sessionId: session.id, jql: 'project = SHOP' }, session.robin))).toBe(
        'JIRA_UNAVAILABLE',
      );
    } finally {
      world.simulator.faults.clear();
      // Else the jira subgraph would leave Jira alone for a while, as it should.
      await world.stopJira();
      await world.restartJira();
    }
  });

  it('even the jira subgraph itself may be gone: the session is there without its summaries', async () => {
    const session = await openSession(world.url, { keys: ['OPS-22'] });
    await world.stopJira();
    try {
      const { data, errors } = await send(world.url, items, { id: session.id }, session.ada);
      expect(data?.session.title).toBe('Sprint 24');
      expect(errors[0]?.extensions?.code).toBe('SUBGRAPH_UNAVAILABLE');
    } finally {
      await world.restartJira();
    }
    expect((await ask(world.url, items, { id: session.id }, session.ada)).session.items[0].issue.summary).toMatch(/\S/);
  });
});
