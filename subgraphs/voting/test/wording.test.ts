import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type JiraService, startJiraService } from './jira.ts';
import { startVotingWorld, type VotingWorld } from './world.ts';

const keys = ['SHOP-1', 'SHOP-2', 'SHOP-3'];
const readRounds = 'query ($id: ID!) { session(id: $id) { items { rounds { state isReworded stale changedParts } } } }';
const asEver = { state: 'SETTLED', isReworded: false, stale: false, changedParts: [] };

describe('a settled round', () => {
  let world: VotingWorld;
  let jira: JiraService;
  let session: { readonly token: string; readonly session: { readonly id: string } };
  const ask = (query: string, variables: object = {}) => world.get(query, { id: session.session.id, ...variables }, session.token);
  const rounds = async () => (await ask(readRounds)).session.items.flatMap((item: { rounds: unknown[] }) => item.rounds);

  beforeAll(async () => {
    jira = await startJiraService();
    world = await startVotingWorld({ JIRA_SERVICE_URL: jira.url });
  });
  afterAll(async () => {
    await world?.stop();
    jira?.stop();
  });

  beforeEach(async () => {
    jira.behaviour = 'answers';
    jira.issues.clear();
    session = (
      await world.get('mutation { createSession(title: "T", name: "Fay", settings: { writeBack: false }) { token session { id } } }')
    ).createSession;
    await ask('mutation ($id: ID!, $keys: [ID!]) { addIssues(sessionId: $id, keys: $keys) { added { id } } }', { keys });
    for (const estimate of [1, 2, 3]) {
      const { startRound } = await ask('mutation ($id: ID!) { startRound(sessionId: $id) { id } }');
      const settle =
        'mutation ($round: ID!, $estimate: Float!) { revealRound(roundId: $round) { id } settleRound(roundId: $round, estimate: $estimate) { id } }';
      await ask(settle, { round: startRound.id, estimate });
    }
    jira.asked.length = 0;
  });

  it('says what was reworded since, with one question for all rounds', async () => {
    expect(await rounds()).toEqual([asEver, asEver, asEver]);
    const [one, , three] = keys.map((key) => jira.issues.get(key));
    if (one === undefined || three === undefined) throw new Error('nobody asked for the issues');
    one.summaryFingerprint = 'reworded';
    three.summaryFingerprint = three.descriptionFingerprint = 'reworded';
    jira.asked.length = 0;
    expect(await rounds()).toEqual([
      { state: 'SETTLED', isReworded: true, stale: true, changedParts: ['SUMMARY'] },
      asEver,
      { state: 'SETTLED', isReworded: true, stale: true, changedParts: ['SUMMARY', 'DESCRIPTION'] },
    ]);
    expect(jira.asked).toEqual([keys]);
  });

  it('asks nobody unless one wants to know', async () => {
    await ask('query ($id: ID!) { session(id: $id) { items { rounds { state estimates { value } } } } }');
    expect(jira.asked).toEqual([]);
  });

  it('is not said to be reworded while it is not known: the session is read all the same', async () => {
    jira.behaviour = 'is away';
    expect(await rounds()).toEqual([asEver, asEver, asEver]);
    jira.behaviour = 'is silent';
    const startedAt = Date.now();
    expect(await rounds()).toEqual([asEver, asEver, asEver]);
    expect(Date.now() - startedAt).toBeLessThan(5_000);
  });

  it('is compared anew with every payload of a subscription, and not before it is settled', async () => {
    const updates = world.subscribe(
      'subscription ($id: ID!) { sessionUpdated(sessionId: $id) { title items { rounds { isReworded } } currentRound { isReworded } } }',
      { id: session.session.id },
      session.token,
    );
    const next = async () => (await updates.next()).value.data.sessionUpdated;
    const reworded = (...told: readonly boolean[]) => told.map((each) => ({ rounds: [{ isReworded: each }] }));
    expect(await next()).toMatchObject({ items: reworded(false, false, false) });
    const issue = jira.issues.get('SHOP-2');
    if (issue === undefined) throw new Error('nobody asked for SHOP-2');
    issue.descriptionFingerprint = 'reworded';
    await ask('mutation { updateSession(title: "Again") { id } }');
    expect(await next()).toMatchObject({ title: 'Again', items: reworded(false, true, false) });

    const itemId = (await ask('query ($id: ID!) { session(id: $id) { items { id } } }')).session.items[1].id;
    await ask('mutation ($id: ID!, $itemId: ID!) { startRound(sessionId: $id, itemId: $itemId) { id } }', { itemId });
    expect(await next()).toMatchObject({
      currentRound: { isReworded: false },
      items: [{}, { rounds: [{ isReworded: true }, { isReworded: false }] }, {}],
    });
    await updates.return?.();
  });
});
