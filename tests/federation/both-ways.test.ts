import fc from 'fast-check';
import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { start as startRouter } from '../../router/src/main.ts';
import { ask, type Loose } from './client.ts';
import { toDocument, type Vocabulary } from './random-documents.ts';
import { openSession, type PlayedSession, revealRound, startRound, vote } from './session.ts';
import { startWorld, type World } from './world.ts';

// Whatever may be asked of our graph is answered the same by compiled plans as by the gateway; `router/src/execution/both-ways.test.ts` has subgraphs that misbehave.

const generous = { MAX_COST: '100000000', MAX_DEPTH: '40', MAX_ALIASES: '1000', RATE_LIMIT_IP: '1000000', RATE_LIMIT_IDENTITY: '1000000' };
let world: World;
let byGateway: Awaited<ReturnType<typeof startRouter>>;
let session: PlayedSession;
let vocabulary: Vocabulary;
beforeAll(async () => {
  world = await startWorld(generous);
  byGateway = await startRouter({
    ...generous,
    LOG_LEVEL: 'silent',
    HOT_PATH: 'false',
    ROUTER_PORT: '0',
    JIRA_SERVICE_URL: world.jiraUrl,
    VOTING_SERVICE_URL: world.votingUrl,
  });
  session = await openSession(world.url, { keys: ['SHOP-20', 'SHOP-21', 'SHOP-22'] });
  const { id: roundId } = await startRound(world.url, session);
  await vote(world.url, session.ada, roundId, '13');
  await vote(world.url, session.grace, roundId, '5');
  await ask(world.url, revealRound, { roundId }, session.robin);
  vocabulary = {
    schema: buildClientSchema(await ask(world.url, getIntrospectionQuery())),
    givenArguments: {
      'Query.session.id': JSON.stringify(session.id),
      'Query.invitation.inviteCode': '"unknown"',
      'Query.myVote.roundId': JSON.stringify(roundId),
      'Query.issue.key': '"SHOP-20"',
      'Query.issues.keys': '["SHOP-21", "SHOP-99999", "SHOP-20"]',
      'Query.searchIssues.jql': '"project = SHOP ORDER BY key"',
      'Query.searchIssues.first': '3',
      'Query.parseIssues.text': '"SHOP-20, then SHOP-22"',
      'Query.sprints.boardId': '"1"',
      'Query.backlog.boardId': '"1"',
      'Query.backlog.first': '2',
      'Session.item.id': '"unknown"',
    },
  };
});
afterAll(async () => {
  await byGateway?.stop();
  await world?.stop();
});

async function answer(url: string, query: string): Promise<Loose> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'same-for-both', authorization: `Bearer ${session.ada}` },
    body: JSON.stringify({ query, variables: { no: false } }),
  });
  const { data, errors } = (await response.json()) as Loose;
  // As text, since the order of fields counts; that of errors does not: which subgraph answers first is chance. A search is as old as its asking.
  const shown = JSON.stringify(data)?.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'an instant');
  return { status: response.status, data: shown, errors: errors && [...new Set(errors.map((error: Loose) => toTold(data, error)))].sort() };
}

/** An error as text. Of several below one null the subgraph tells the first that came, so there it is only where the null is. */
function toTold(data: Loose, error: Loose): string {
  const path: readonly (string | number)[] = error.path ?? [];
  let value: Loose = data;
  for (const [depth, part] of path.entries()) {
    if (value === null) return `below ${JSON.stringify(path.slice(0, depth))}`;
    value = value?.[part];
  }
  return JSON.stringify(error);
}

it('any query is answered the same by both ways, when it comes first and when its plan is known', { timeout: 180_000 }, async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5_039), { minLength: 60, maxLength: 400 }), async (choices) => {
      const query = toDocument(vocabulary, choices);
      for (const time of ['first', 'known']) {
        const quick = await answer(world.url, query);
        expect({ time, ...quick }, query).toEqual({ time, ...(await answer(byGateway.url, query)) });
        if (quick.status === 200 && quick.data !== undefined) answered += 1;
      }
    }),
    { numRuns: 100, endOnFailure: true },
  );
  expect(answered).toBe(200);
});
