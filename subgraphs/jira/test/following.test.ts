import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { startPrivateRedis } from '../../../tests/setup/redis.ts';
import { type Answer, bulk, entities, estimate, type JiraWorld, type Replica, representations, startJiraWorld, write } from './world.ts';

const webhooks = { JIRA_WEBHOOK_SECRET: 'webhook-secret-webhook', JIRA_WEBHOOK_PORT: '0' };
const text = '{ issue(key: "SHOP-80") { summary summaryFingerprint descriptionFingerprint } }';

let world: JiraWorld;
beforeEach(async () => {
  world = await startJiraWorld();
});
afterEach(() => world.stop());

async function follow({ url }: Replica, key: string) {
  const client = createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket });
  const events = client.iterate({ query: `subscription { issueUpdated(key: "${key}") { key summary storyPoints } }` });
  // An iterator of graphql-ws asks for events from its first `next` on.
  let waiting = events.next();
  // Nothing tells when the subscription stands.
  await wait(1_000);
  return {
    next: async (): Promise<Answer> => {
      const { value } = await waiting;
      waiting = events.next();
      return value as Answer;
    },
    stop: () => client.dispose(),
  };
}

const hearFrom = (replica: Replica) =>
  world.control('POST', '/webhooks', { url: `${replica.webhookUrl}/webhooks/jira`, secret: webhooks.JIRA_WEBHOOK_SECRET });

describe('issueUpdated', () => {
  it('tells followers at once what Jira says by webhook, and what was written, past the cache', async () => {
    const jira = await world.open(webhooks);
    await hearFrom(jira);
    await jira.ask(entities, representations(['SHOP-80']));
    const events = await follow(jira, 'SHOP-80');
    await world.control('POST', '/issues/SHOP-80', { summary: 'Renamed in Jira' });
    expect(await events.next()).toMatchObject({ data: { issueUpdated: { key: 'SHOP-80', summary: 'Renamed in Jira' } } });
    expect((await jira.ask(text)).data.issue.summary).toBe('Renamed in Jira');
    await jira.ask(write, estimate('SHOP-80', 21));
    expect(await events.next()).toMatchObject({ data: { issueUpdated: { storyPoints: 21 } } });
    // The webhook of our own write follows.
    expect(await events.next()).toMatchObject({ data: { issueUpdated: { storyPoints: 21 } } });
    await world.control('POST', '/issues/SHOP-80', { isDeleted: true });
    expect(await events.next()).toMatchObject({ data: { issueUpdated: null }, errors: [{ extensions: { code: 'ISSUE_NOT_FOUND' } }] });
    await events.stop();
  });

  it('tells of what changes while a slow Jira is still asked under which key the issue is', async () => {
    const jira = await world.open(webhooks);
    await hearFrom(jira);
    world.simulator.faults.add({ kind: 'slow', path: 'bulkfetch', delayMs: 2_000, times: 1 });
    const client = createClient({ url: jira.url.replace('http', 'ws'), webSocketImpl: WebSocket });
    const first = client.iterate({ query: 'subscription { issueUpdated(key: "SHOP-80") { summary } }' }).next();
    await expect.poll(() => world.simulator.requests.total(bulk), { timeout: 10_000 }).toBe(1);
    await world.control('POST', '/issues/SHOP-80', { summary: 'Renamed meanwhile' });
    expect(await first).toMatchObject({ value: { data: { issueUpdated: { summary: 'Renamed meanwhile' } } } });
    await client.dispose();
  });

  it('follows an issue through its move, and from its old key', async () => {
    const jira = await world.open(webhooks);
    await hearFrom(jira);
    const [former, moving] = [await follow(jira, 'OLD-1'), await follow(jira, 'SHOP-80')];
    await world.control('POST', '/issues/SHOP-11', { summary: 'Under its new key' });
    expect(await former.next()).toMatchObject({ data: { issueUpdated: { key: 'OLD-1', summary: 'Under its new key' } } });
    expect((await jira.ask('{ issue(key: "OLD-1") { summary } }')).data.issue.summary).toBe('Under its new key');
    await world.control('POST', '/issues/SHOP-80', { movedTo: 'APP-900' });
    expect(await moving.next()).toMatchObject({ data: { issueUpdated: { key: 'SHOP-80' } } });
    await world.control('POST', '/issues/APP-900', { summary: 'Over there' });
    expect(await moving.next()).toMatchObject({ data: { issueUpdated: { key: 'SHOP-80', summary: 'Over there' } } });
    await Promise.all([former.stop(), moving.stop()]);
  });
});

describe.skipIf(inject('TEST_REDIS_URL') === undefined)('two replicas with one Redis', () => {
  let redis: Awaited<ReturnType<typeof startPrivateRedis>>;
  beforeEach(async () => {
    redis = await startPrivateRedis();
  });
  afterEach(() => redis.stop());

  it('both show the new text at once, and both tell their followers, when Jira told one of them', async () => {
    const one = await world.open({ ...webhooks, CACHE_REDIS_URL: redis.url });
    const other = await world.open({ CACHE_REDIS_URL: redis.url });
    await hearFrom(one);
    const [before] = await Promise.all([other.ask(text), one.ask(text)]);
    const [ofOne, ofOther] = await Promise.all([follow(one, 'SHOP-80'), follow(other, 'SHOP-80')]);

    await world.control('POST', '/issues/SHOP-80', { summary: 'Renamed in Jira' });
    expect(await ofOther.next()).toMatchObject({ data: { issueUpdated: { summary: 'Renamed in Jira' } } });
    expect(await ofOne.next()).toMatchObject({ data: { issueUpdated: { summary: 'Renamed in Jira' } } });
    const after = await other.ask(text);
    expect(after.data.issue).toMatchObject({
      summary: 'Renamed in Jira',
      descriptionFingerprint: before.data.issue.descriptionFingerprint,
    });
    expect(after.data.issue.summaryFingerprint).not.toBe(before.data.issue.summaryFingerprint);

    await one.ask(write, estimate('SHOP-80', 21));
    expect(await ofOther.next()).toMatchObject({ data: { issueUpdated: { storyPoints: 21 } } });
    expect((await other.ask('{ issue(key: "SHOP-80") { storyPoints } }')).data.issue.storyPoints).toBe(21);
    await Promise.all([ofOne.stop(), ofOther.stop()]);
  });
});
