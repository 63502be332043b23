import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { type Following, followByWebSocket } from '../../router/test/clients.ts';
import { listMetrics } from '../../scripts/docs-metrics.ts';
import { startWorld, type World } from '../federation/world.ts';

interface Series {
  readonly name: string;
  readonly labels: string;
  readonly value: number;
}

const toSeries = (text: string): readonly Series[] =>
  [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = '', labels = '', value = '']) => ({
    name,
    labels,
    value: Number(value),
  }));

/** What a played session with its troubles leaves as it was: no Redis, no certificates, nothing old, nothing that hangs, a good supergraph, good entries. */
const unmoved = [
  'tally_certificate_end_timestamp_seconds',
  'tally_dependency_available',
  'tally_jira_cache_up',
  'tally_jira_dropped_parts_total',
  'tally_router_connections_max',
  'tally_router_supergraph_refused',
  'tally_voting_retention_deleted_sessions_total',
  'tally_voting_retention_due_sessions',
  'tally_voting_retention_failures_total',
];
/** What moves only at a slow moment. */
const sometimesMoved = new Set(['tally_router_operations_in_flight', 'tally_router_subgraph_hedges_total']);
const manyTopics = 100;

describe('the metrics of a played session', () => {
  let world: World;
  let before: readonly Series[];
  let after: readonly Series[];
  const clients: Following[] = [];
  const sockets: WebSocket[] = [];

  const scrape = async () => toSeries(await (await fetch(new URL('/metrics', world.url))).text());
  // biome-ignore lint/suspicious/noExplicitAny: answers of many forms, each checked where it is used.
  const ask = async (query: string, token?: string): Promise<any> => {
    const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    return (await fetch(world.url, { method: 'POST', headers, body: JSON.stringify({ query }) })).json();
  };
  const sumOf = (series: readonly Series[], name: string, labels = ''): number =>
    series.filter((one) => one.name === name && one.labels.includes(labels)).reduce((sum, { value }) => sum + value, 0);
  const readNow = async (name: string, labels = '') => sumOf(await scrape(), name, labels);

  const until = (isSo: () => boolean | Promise<boolean>) =>
    vi.waitFor(async () => expect(await isSo()).toBe(true), { timeout: 20_000, interval: 100 });

  beforeAll(async () => {
    world = await startWorld({ JIRA_CACHE_TTL: '1', RATE_LIMIT_ENTRANCE: '2' });
    before = await scrape();
    const { token, session } = (await ask('mutation Open { createSession(title: "Metrics", name: "Robin") { token session { id } } }')).data
      .createSession;
    const id = JSON.stringify(session.id);
    const play = async (mutation: string) => (await ask(`mutation Play { ${mutation} }`, token)).data;
    const follow = (field: string) =>
      clients.push(followByWebSocket({ url: world.url, query: `subscription Follow { ${field} { revision } }`, token }));
    follow(`sessionUpdated(sessionId: ${id})`);
    follow(`sessionEvents(sessionId: ${id}, after: 0)`);
    const following = { url: world.url, query: 'subscription Follow { issueUpdated(key: "SHOP-9") { key } }', token };
    clients.push(followByWebSocket(following));
    await until(() => clients.filter(({ payloads }) => payloads.length > 0).length >= 2);

    await play(`addIssues(sessionId: ${id}, keys: ["SHOP-1", "SHOP-2"]) { added { id } }`);
    await Promise.all(Array.from({ length: 12 }, (_, at) => play(`addTopics(sessionId: ${id}, topics: ["Topic ${at}"]) { added { id } }`)));
    const settleOne = async () => {
      const { startRound } = await play(`startRound(sessionId: ${id}) { id }`);
      const round = JSON.stringify(startRound.id);
      await play(`castVote(roundId: ${round}, card: "3") { id }`);
      await play(`revealRound(roundId: ${round}) { id }`);
      await play(`settleRound(roundId: ${round}, estimate: 3) { id }`);
    };
    await settleOne();
    await until(async () => (await readNow('tally_voting_write_backs_total', 'WRITTEN')) > 0);
    for (let count = 0; count < 2; count += 1) await ask('query Look { issue(key: "SHOP-9") { summary } }');
    for (let count = 0; count < 3; count += 1) await ask('mutation Late { createSession(title: "No", name: "Max") { token } }');
    for (let count = 0; count < 230; count += 1) await ask(`query Named${count} { __typename decks { __typename } }`);

    // A reader that reads nothing, of something so large that the kernel soon takes no more of it.
    const topics = JSON.stringify(Array.from({ length: manyTopics }, (_, at) => `${at} ${'long '.repeat(30)}`));
    await play(`addTopics(sessionId: ${id}, topics: ${topics}) { added { id } }`);
    const many = Array.from({ length: 40 }, (_, at) => `t${at}: topic`).join(' ');
    // Not compressed: words that repeat would fit.
    const slow = new WebSocket(world.url.replace('http', 'ws'), 'graphql-transport-ws', { perMessageDeflate: false });
    sockets.push(slow);
    slow.on('open', () => slow.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })));
    slow.once('message', () => {
      const payload = { query: `subscription Slow { sessionUpdated(sessionId: ${id}) { items { ${many} } } }` };
      slow.send(JSON.stringify({ type: 'subscribe', id: '1', payload }), () => slow.pause());
    });
    await until(async () => {
      await play(`updateSession(title: "Title ${Math.random()}") { id }`);
      return (await readNow('tally_router_conflations_total')) > 0;
    });
    slow.terminate();

    // Jira is down: what is known stands in, and estimates wait.
    world.simulator.faults.add({ kind: 'status', status: 503 });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await ask('query Look { issue(key: "SHOP-9") { summary freshness { isStale } } }');
    await settleOne();
    await until(async () => (await readNow('tally_voting_outbox_oldest_seconds')) > 0);
    // The jira subgraph is down: the router stops asking it.
    await world.stopJira();
    for (let count = 0; count < 8; count += 1) await ask('query Look { issue(key: "SHOP-9") { summary } }');
    after = await scrape();
  });
  afterAll(async () => {
    for (const socket of sockets) socket.terminate();
    await Promise.all(clients.map((client) => client.stop()));
    await world.stop();
  });

  it.each<[string, string, string]>([
    ['operations by name', 'tally_router_operations_total', 'operation="Play",kind="mutation",outcome="ok"'],
    ['the time they took', 'tally_router_operation_seconds_count', 'kind="mutation"'],
    ['requests to subgraphs', 'tally_router_subgraph_requests_total', 'subgraph="voting",outcome="answered"'],
    ['and those that failed', 'tally_router_subgraph_requests_total', 'subgraph="jira",outcome="failed"'],
    ['and the time they took', 'tally_router_subgraph_request_seconds_count', 'subgraph="jira"'],
    ['documents that were known', 'tally_router_plans_total', 'cache="hit"'],
    ['documents that were parsed and planned', 'tally_router_plans_total', 'cache="miss"'],
    ['subscribers', 'tally_router_subscribers', ''],
    ['their groups', 'tally_router_subscription_upstreams', ''],
    ['deliveries', 'tally_router_deliveries_total', ''],
    ['how far they lag behind', 'tally_router_delivery_seconds_count', ''],
    ['resumed streams', 'tally_router_resumes_total', ''],
    ['snapshots that a slow reader never saw', 'tally_router_conflations_total', ''],
    ['upstreams that were lost', 'tally_router_upstream_reconnects_total', ''],
    ['refusals by rate limits', 'tally_router_refusals_total', 'code="RATE_LIMITED"'],
    ['the open breaker', 'tally_router_breaker_open', 'subgraph="jira"'],
    ['operations of subgraphs', 'tally_subgraph_operations_total', 'service="voting",kind="mutation",outcome="ok"'],
    ['votes', 'tally_voting_votes_total', 'outcome="committed"'],
    ['races that were refused', 'tally_voting_races_refused_total', ''],
    ['the time of the store', 'tally_voting_store_seconds_count', 'method="castVote",outcome="ok"'],
    ['write-backs', 'tally_voting_write_backs_total', 'state="WRITTEN"'],
    ['the depth of the outbox', 'tally_voting_outbox_pending', ''],
    ['the age of the outbox', 'tally_voting_outbox_oldest_seconds', ''],
    ['requests to Jira by endpoint and status', 'tally_jira_requests_total', 'status="200"'],
    ['and those that Jira refused', 'tally_jira_requests_total', 'status="503"'],
    ['issues out of the cache', 'tally_jira_cache_issues_total', 'outcome="hit"'],
    ['issues that were not in it', 'tally_jira_cache_issues_total', 'outcome="miss"'],
    ['issues that stood in', 'tally_jira_cache_issues_total', 'outcome="stale"'],
  ])('tell of %s', (_what, name, labels) => {
    expect(sumOf(after, name, labels)).toBeGreaterThan(sumOf(before, name, labels));
  });

  it('tell of how busy the process is', () => {
    expect(sumOf(after, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  });

  it('are those of docs/metrics.md, each of which moved', () => {
    const valuesOf = (series: readonly Series[], metric: string) =>
      JSON.stringify(series.filter(({ name }) => name.replace(/_(bucket|count|sum)$/, '') === metric));
    const still = listMetrics().filter(({ name }) => valuesOf(before, name) === valuesOf(after, name));
    const names = still.map(({ name }) => name).filter((name) => !sometimesMoved.has(name));
    expect(names.sort()).toEqual(unmoved);
  });

  it('have 200 names of operations at most, whatever clients call theirs', () => {
    const names = after
      .filter(({ name }) => name === 'tally_router_operations_total')
      .map(({ labels }) => /operation="(\w+)"/.exec(labels)?.[1]);
    expect(names).toContain('other');
    expect(new Set(names).size).toBeLessThanOrEqual(202);
  });
});
