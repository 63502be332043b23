import { setTimeout as sleep } from 'node:timers/promises';
import { TallyError } from '../client/errors.ts';
import { createTransport } from '../client/transport.ts';
import { nextEvent, Surprise } from './events.ts';
import { operations } from './operations.ts';

/*
 * Plays README's tour against a running router, as a stranger would: GraphQL over HTTP and graphql-ws, by the client of
 * `client/` and README's operations.
 * ROUTER_URL (default http://localhost:4000/graphql), SIMULATOR_URL (default http://localhost:4010: to count Jira's requests),
 * TOUR_JQL (which issues to estimate), TOUR_WAIT_SECONDS (how long the router may take to come up, default 10).
 */

const endpoint = toEndpoint(process.env['ROUTER_URL'] || 'http://localhost:4000/graphql');
const simulatorUrl = (process.env['SIMULATOR_URL'] || 'http://localhost:4010').replace(/\/+$/, '');
const jql = process.env['TOUR_JQL'] || 'project = SHOP AND sprint = "Shop sprint 24" ORDER BY key';
const waitSeconds = Number(process.env['TOUR_WAIT_SECONDS'] || 10);

const { ask, follow } = createTransport({ url: endpoint });

let step = 'the router answers';

/** Announces the next step: whatever goes wrong from here on is told with its name. */
function begin(name: string): void {
  step = name;
  process.stdout.write(`• ${name}\n`);
}

/** The endpoint, whether it was given with or without its path. */
function toEndpoint(url: string): string {
  const given = new URL(url);
  if (given.pathname === '/') given.pathname = '/graphql';
  return given.href;
}

function say(text: string): void {
  process.stdout.write(`    ${text}\n`);
}

function expectThat(claim: boolean, otherwise: string): asserts claim {
  if (!claim) throw new Surprise(otherwise);
}

async function waitForRouter(): Promise<void> {
  const deadline = Date.now() + waitSeconds * 1000;
  for (;;) {
    const isThere = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
      signal: AbortSignal.timeout(5_000),
    }).then(
      // With a safelist this operation is refused, which is an answer, too.
      (response) => response.status < 500,
      () => false,
    );
    if (isThere) return;
    expectThat(Date.now() < deadline, `no router answers at ${endpoint}: is \`npm start\` running?`);
    await sleep(250);
  }
}

/** How many requests the simulated Jira has got; null when none answers there. */
async function countJiraRequests(): Promise<number | null> {
  try {
    const response = await fetch(`${simulatorUrl}/__simulator/requests`, { signal: AbortSignal.timeout(5_000) });
    const { total } = (await response.json()) as { readonly total?: unknown };
    return response.ok && typeof total === 'number' ? total : null;
  } catch {
    return null;
  }
}

/** @throws Surprise for null. */
function present<Value>(value: Value | null, what: string): Value {
  if (value === null) throw new Surprise(`there is no ${what}`);
  return value;
}

async function readStoryPoints(key: string): Promise<number | null> {
  return present((await ask(operations.readIssue, { key })).issue, `issue ${key}`).storyPoints;
}

async function play(): Promise<{ issues: number; jiraCalls: number | null; events: number }> {
  begin('The router answers');
  await waitForRouter();
  say(endpoint);

  begin('Search Jira');
  const searchIssues = present((await ask(operations.searchIssues, { jql })).searchIssues, 'result of the search');
  const first = searchIssues.nodes[0];
  expectThat(first !== undefined, `no issue is found by ${jql}`);
  say(`${searchIssues.nodes.length} issues, the first is ${first.key} “${first.summary}”`);

  begin('Paste keys out of a chat');
  const wanted = searchIssues.nodes.slice(0, 3).map((issue) => issue.key);
  const text = `Let us look at ${wanted.join(', then ')} today.`;
  const parseIssues = present((await ask(operations.parseIssues, { text })).parseIssues, 'result of the text');
  expectThat(parseIssues.kind === 'KEYS', `the text was taken for ${parseIssues.kind}`);
  expectThat(parseIssues.keys.join() === wanted.join(), `found ${parseIssues.keys.join()} instead of ${wanted.join()}`);
  say(parseIssues.issues.map((issue) => `${issue.key} “${issue.summary}”`).join(', '));

  begin('Open a session');
  const { createSession } = await ask(operations.createSession, { title: 'Sprint 24', name: 'Robin' });
  const facilitator = createSession.token;
  const { id: sessionId, inviteCode } = createSession.session;
  say(`session ${sessionId}, invite code ${inviteCode}`);

  begin('Ada and Grace join');
  const join = async (name: string) => (await ask(operations.joinSession, { inviteCode, name })).joinSession.token;
  const ada = await join('Ada');
  const grace = await join('Grace');

  begin('Put issues into the queue');
  // Another simulator's count would say nothing of this router.
  const isOurs = first?.url !== undefined && new URL(first.url).port === new URL(simulatorUrl).port;
  if (!isOurs) say(`the simulator at ${simulatorUrl} is not this router's Jira: its requests are not counted (set SIMULATOR_URL)`);
  const callsBefore = isOurs ? await countJiraRequests() : null;
  const { addIssues } = await ask(operations.addIssues, { sessionId, jql }, facilitator);
  const issues = addIssues.added.length;
  expectThat(issues >= searchIssues.nodes.length, `${issues} were added of at least ${searchIssues.nodes.length}`);
  say(`${issues} added`);

  begin('Read the session, joined with Jira');
  const session = present((await ask(operations.readSession, { sessionId }, ada)).session, 'session');
  const callsAfter = await countJiraRequests();
  const jiraCalls = callsBefore === null || callsAfter === null ? null : callsAfter - callsBefore;
  expectThat(session.items.length === issues, `${session.items.length} items instead of ${issues}`);
  expectThat(
    session.items.every((item) => (item.issue?.summary ?? '') !== ''),
    'an item has no summary',
  );
  // For each hundred issues one page of the search and, where the cache has not got them from there, one bulk request.
  expectThat(jiraCalls === null || jiraCalls <= 2 * Math.ceil(issues / 100), `${jiraCalls} requests to Jira for ${issues} issues`);
  say(`${issues} issues imported and shown with ${jiraCalls ?? 'an unknown number of'} request(s) to Jira`);

  begin('Put the same issues into the queue again');
  const again = (await ask(operations.addIssues, { sessionId, jql }, facilitator)).addIssues;
  expectThat(again.added.length === 0, `${again.added.length} were added twice`);
  expectThat(again.duplicates.length === issues, `${again.duplicates.length} duplicates were reported of ${issues}`);
  say(`all ${again.duplicates.length} are reported as duplicates, none is added`);

  begin('Follow the results');
  const connected = Promise.withResolvers<void>();
  const results = follow(operations.voteResults, { sessionId }, { token: grace, onConnected: connected.resolve });
  let events = 0;
  const nextResult = async () => {
    const { voteResults } = await nextEvent(results);
    events += 1;
    return { ...voteResults, issue: present(voteResults.issue, 'issue in the event') };
  };
  await connected.promise;
  // graphql-ws does not confirm a subscription: give it a moment to reach the session.
  await sleep(500);

  begin('Start a round');
  const { startRound } = await ask(operations.startRound, { sessionId }, facilitator);
  const { id: roundId } = startRound;
  const issue = present(startRound.issue, 'issue in the round');
  say(`${issue.key} “${issue.summary}”`);

  begin('Ada plays a 3, and nobody sees it');
  await ask(operations.castVote, { roundId, card: '3' }, ada);
  const seen = (await ask(operations.readSession, { sessionId }, grace)).session?.currentRound;
  expectThat(seen?.votedCount === 1 && seen.votes[0]?.participant.name === 'Ada', 'Grace does not see that Ada has voted');
  expectThat(seen.votes[0].card === null, `Grace sees Ada's card: ${seen.votes[0].card?.label}`);
  const own = (await ask(operations.myVote, { roundId }, ada)).myVote;
  expectThat(own[0]?.card.label === '3', `Ada's own vote is ${JSON.stringify(own)}`);
  const others = (await ask(operations.myVote, { roundId }, grace)).myVote;
  expectThat(others.length === 0, `Grace has not voted, but her vote is ${JSON.stringify(others)}`);
  say('Grace sees that Ada has voted, not what; Ada sees her own 3');
  await ask(operations.castVote, { roundId, card: '5' }, grace);

  begin('Reveal');
  await ask(operations.revealRound, { roundId }, facilitator);
  const revealed = await nextResult();
  expectThat(revealed.state === 'REVEALED', `the event's round is ${revealed.state}`);
  expectThat(revealed.issue.summary === issue.summary, `the event's issue is “${revealed.issue.summary}”`);
  const cards = revealed.votes.map((vote) => `${vote.participant.name} ${vote.card?.label}`).join(', ');
  expectThat(cards === 'Ada 3, Grace 5', `the event's votes are ${cards}`);
  expectThat(revealed.result?.median === 4, `the event's median is ${revealed.result?.median}`);
  say(`event: ${revealed.issue.key} “${revealed.issue.summary}”: ${cards}; median ${revealed.result.median}`);

  begin('Settle');
  const before = await readStoryPoints(issue.key);
  const estimate = before === 5 ? 8 : 5;
  await ask(operations.settleRound, { roundId, estimate }, facilitator);
  const settled = await nextResult();
  expectThat(settled.state === 'SETTLED', `the event's round is ${settled.state}`);
  expectThat(settled.estimates[0]?.value === estimate, `the event's estimate is ${settled.estimates[0]?.value}`);
  say(`event: ${settled.issue.key} is settled at ${estimate}`);

  begin('Find the estimate in Jira');
  const deadline = Date.now() + 15_000;
  for (;;) {
    const now = await readStoryPoints(issue.key);
    if (now === estimate) break;
    expectThat(Date.now() < deadline, `${issue.key} still has ${now} story points`);
    await sleep(200);
  }
  say(`${issue.key}: ${before ?? 'no'} story points before, ${estimate} now`);
  await results.return?.();
  return { issues, jiraCalls, events };
}

try {
  const { issues, jiraCalls, events } = await play();
  process.stdout.write(`${JSON.stringify({ tour: 'ok', issues, jiraCalls, events })}\n`);
} catch (error) {
  const words = error instanceof Error ? error.message : String(error);
  const reason = error instanceof TallyError ? `${error.code}: ${words}` : words;
  process.stderr.write(`\nSurprise at “${step}”: ${reason}\n`);
  process.stdout.write(`${JSON.stringify({ tour: 'failed', step, reason })}\n`);
  process.exitCode = 1;
}
// An open socket must not keep a tour that ended early alive.
setTimeout(() => process.exit(), 1_000).unref();
