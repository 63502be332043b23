import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, follow, send, waitFor } from './client.ts';
import { addIssues, openSession, revealRound, settleRound, shopSprint, startRound, vote } from './session.ts';
import { startWorld, type World } from './world.ts';

// What issue 2 promises to work through the router alone, one test a line.

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const voteResults = `subscription ($sessionId: ID!) {
  voteResults(sessionId: $sessionId) {
    state
    issue { key summary }
    votes { participant { name } card { label } }
    result { median hasConsensus }
    estimates { value }
  }
}`;

describe('the jira subgraph', () => {
  it('finds issues by JQL', async () => {
    const { searchIssues } = await ask(
      world.url,
      'query ($jql: String!) { searchIssues(jql: $jql) { nodes { key summary sprint { name } } } }',
      {
        jql: shopSprint,
      },
    );
    expect(searchIssues.nodes.length).toBeGreaterThan(5);
    expect(new Set(searchIssues.nodes.map((issue: { sprint: { name: string } }) => issue.sprint.name))).toEqual(
      new Set(['Shop sprint 24']),
    );
  });

  it('reads one issue by key', async () => {
    const { issue } = await ask(world.url, '{ issue(key: "SHOP-20") { key summary status { name category } url } }');
    expect(issue).toMatchObject({ key: 'SHOP-20', summary: expect.stringMatching(/\S/), url: expect.stringContaining('SHOP-20') });
  });

  it('reads issues in the order of their keys, with an error in the place of an unknown one', async () => {
    const { data, errors } = await send(world.url, '{ issues(keys: ["SHOP-22", "SHOP-99999", "SHOP-20"]) { key } }');
    expect(data?.issues).toEqual([{ key: 'SHOP-22' }, null, { key: 'SHOP-20' }]);
    expect(errors).toMatchObject([{ path: ['issues', 1], extensions: { code: 'ISSUE_NOT_FOUND' } }]);
  });

  it('understands pasted keys and pasted JQL', async () => {
    const document = 'query ($text: String!) { parseIssues(text: $text) { kind keys notFound issues { key } } }';
    const keys = await ask(world.url, document, { text: 'SHOP-22, see https://jira.example/browse/SHOP-20 and SHOP-99999' });
    expect(keys.parseIssues).toEqual({
      kind: 'KEYS',
      keys: ['SHOP-22', 'SHOP-20', 'SHOP-99999'],
      notFound: ['SHOP-99999'],
      issues: [{ key: 'SHOP-22' }, { key: 'SHOP-20' }],
    });
    const jql = await ask(world.url, document, { text: shopSprint });
    expect(jql.parseIssues.kind).toBe('JQL');
    expect(jql.parseIssues.issues.length).toBeGreaterThan(5);
  });
});

describe('a session', () => {
  it('gives tokens that say who one is', async () => {
    const session = await openSession(world.url);
    const nameOf = async (token: string) => (await ask(world.url, '{ me { name isFacilitator role } }', {}, token)).me;
    expect(await nameOf(session.robin)).toEqual({ name: 'Robin', isFacilitator: true, role: 'SPECTATOR' });
    expect(await nameOf(session.ada)).toEqual({ name: 'Ada', isFacilitator: false, role: 'ESTIMATOR' });
  });

  it('takes issues by keys, and reports duplicates and unknown ones instead of adding them', async () => {
    const session = await openSession(world.url, { keys: ['SHOP-20'] });
    const result = await addIssues(world.url, session, { keys: ['SHOP-20', 'SHOP-21', 'SHOP-99999'] });
    expect(result).toMatchObject({ added: [{ issue: { key: 'SHOP-21' } }], duplicates: ['SHOP-20'], notFound: ['SHOP-99999'] });
  });

  it('takes issues by JQL, in its order, and no issue twice', async () => {
    const session = await openSession(world.url);
    const { searchIssues } = await ask(world.url, 'query ($jql: String!) { searchIssues(jql: $jql, first: 100) { nodes { key } } }', {
      jql: shopSprint,
    });
    const first = await addIssues(world.url, session, { jql: shopSprint });
    expect(first.added.map((item: { issue: { key: string } }) => item.issue)).toEqual(searchIssues.nodes);
    const second = await addIssues(world.url, session, { jql: shopSprint });
    expect(second).toEqual({ added: [], duplicates: searchIssues.nodes.map((issue: { key: string }) => issue.key), notFound: [] });
  });

  it("joins Jira's data for all its items in one bulk request", async () => {
    const numbers = Array.from({ length: 40 }, (_, index) => `APP-${index + 10}`);
    const session = await openSession(world.url, { keys: numbers });
    await world.stopJira();
    // A fresh jira subgraph remembers nothing.
    await world.restartJira();
    world.simulator.requests.reset();
    const read = await ask(
      world.url,
      'query ($id: ID!) { session(id: $id) { items { issue { key summary status { name } storyPoints url } } } }',
      { id: session.id },
      session.ada,
    );
    expect(read.session.items.map((item: { issue: { key: string } }) => item.issue.key)).toEqual(numbers);
    for (const { issue } of read.session.items)
      expect(issue).toMatchObject({ summary: expect.stringMatching(/\S/), status: { name: expect.any(String) } });
    expect(world.simulator.requests.total('bulkfetch')).toBe(1);
    expect(world.simulator.requests.total('/issue/{key}')).toBe(0);
  });
});

describe('a round', () => {
  it('shows votes only at the reveal, and tells it over graphql-ws with the issue joined', async () => {
    const session = await openSession(world.url, { keys: ['SHOP-30', 'SHOP-31'] });
    const results = await follow(world.url, voteResults, { sessionId: session.id }, session.grace);
    const round = await startRound(world.url, session);
    await vote(world.url, session.ada, round.id, '3');
    await vote(world.url, session.grace, round.id, '5');
    await ask(world.url, revealRound, { roundId: round.id }, session.robin);
    const { issue } = await ask(world.url, '{ issue(key: "SHOP-30") { key summary } }');
    expect(await results.next()).toEqual({
      data: {
        voteResults: {
          state: 'REVEALED',
          issue,
          votes: [
            { participant: { name: 'Ada' }, card: { label: '3' } },
            { participant: { name: 'Grace' }, card: { label: '5' } },
          ],
          result: { median: 4, hasConsensus: false },
          estimates: [],
        },
      },
    });
    await ask(world.url, settleRound, { roundId: round.id, estimate: 5 }, session.robin);
    expect(await results.next()).toMatchObject({ data: { voteResults: { state: 'SETTLED', issue, estimates: [{ value: 5 }] } } });
    await results.close();
  });

  it('joins the issue for every event, one round after the other', async () => {
    const session = await openSession(world.url, { keys: ['APP-30', 'APP-31', 'APP-32'] });
    const results = await follow(world.url, voteResults, { sessionId: session.id }, session.ada);
    for (const key of ['APP-30', 'APP-31', 'APP-32']) {
      const round = await startRound(world.url, session);
      expect(round.issue.key).toBe(key);
      await vote(world.url, session.ada, round.id, '8');
      const event = (state: string) => ({ data: { voteResults: { state, issue: { key, summary: expect.stringMatching(/\S/) } } } });
      await ask(world.url, revealRound, { roundId: round.id }, session.robin);
      expect(await results.next()).toMatchObject(event('REVEALED'));
      await ask(world.url, settleRound, { roundId: round.id, estimate: 8 }, session.robin);
      expect(await results.next()).toMatchObject(event('SETTLED'));
    }
    await results.close();
  });

  it('keeps both of two votes that come at the same time', async () => {
    const session = await openSession(world.url, { keys: ['SHOP-33'] });
    const round = await startRound(world.url, session);
    await Promise.all([vote(world.url, session.ada, round.id, '2'), vote(world.url, session.grace, round.id, '13')]);
    await ask(world.url, revealRound, { roundId: round.id }, session.robin);
    const { session: read } = await ask(
      world.url,
      'query ($id: ID!) { session(id: $id) { currentRound { votes { participant { name } card { label } } } } }',
      { id: session.id },
      session.ada,
    );
    expect(read.currentRound.votes).toEqual([
      { participant: { name: 'Ada' }, card: { label: '2' } },
      { participant: { name: 'Grace' }, card: { label: '13' } },
    ]);
  });

  it('brings the settled estimate to Jira, visible in the next `issue(key)`', async () => {
    const session = await openSession(world.url, { keys: ['SHOP-34'] });
    const round = await startRound(world.url, session);
    await vote(world.url, session.ada, round.id, '8');
    await ask(world.url, revealRound, { roundId: round.id }, session.robin);
    await ask(world.url, settleRound, { roundId: round.id, estimate: 21 }, session.robin);
    const read = async () => (await ask(world.url, '{ issue(key: "SHOP-34") { storyPoints } }')).issue.storyPoints;
    expect(await waitFor(read, (points) => points === 21)).toBe(21);
    expect(world.simulator.writes().filter(({ key }) => key === 'SHOP-34')).toMatchObject([{ value: 21 }]);
    const state = async () => {
      const { session: now } = await ask(
        world.url,
        'query ($id: ID!) { session(id: $id) { items { state estimates { value writeBack { state } } } } }',
        { id: session.id },
        session.ada,
      );
      return now.items[0];
    };
    const written = await waitFor(state, (item) => item.estimates[0]?.writeBack.state === 'WRITTEN');
    expect(written).toEqual({ state: 'ESTIMATED', estimates: [{ value: 21, writeBack: { state: 'WRITTEN' } }] });
  });
});
