import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { createJiraClient, type JiraClient, type JiraClientOptions } from './jira-client.ts';

const field = '/rest/api/3/field';

describe('the client for Jira', () => {
  let simulator: Simulator;
  let client: JiraClient;
  const open = (options: Partial<JiraClientOptions> = {}) => {
    client = createJiraClient({
      baseUrl: simulator.url,
      authorization: 'Bearer very-secret',
      timeoutMs: 3_000,
      now: Date.now,
      random: () => 0,
      ...options,
    });
    return client;
  };

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterEach(async () => {
    simulator.faults.clear();
    simulator.requests.reset();
    await client.stop();
  });
  afterAll(() => simulator.stop());

  it('repeats a safe request after 503, a cut connection and a short Retry-After', async () => {
    simulator.faults.add({ kind: 'status', status: 503, times: 1 });
    simulator.faults.add({ kind: 'cut', times: 1 });
    expect(await open().send({ method: 'GET', path: field })).toBeInstanceOf(Array);
    expect(simulator.requests.total()).toBe(3);
    simulator.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 1, times: 1 });
    const startedAt = performance.now();
    expect(await client.send({ method: 'GET', path: field })).toBeInstanceOf(Array);
    expect(performance.now() - startedAt).toBeGreaterThan(950);
  });

  it('gives up after three attempts with JIRA_UNAVAILABLE, and never repeats a write', async () => {
    simulator.faults.add({ kind: 'status', status: 500 });
    await expect(open().send({ method: 'GET', path: field })).rejects.toMatchObject({ code: 'JIRA_UNAVAILABLE' });
    expect(simulator.requests.total()).toBe(3);
    await expect(client.send({ method: 'PUT', path: '/rest/api/3/issue/SHOP-1', body: {} })).rejects.toMatchObject({
      code: 'JIRA_UNAVAILABLE',
    });
    expect(simulator.requests.total('PUT')).toBe(1);
  });

  it('answers JIRA_RATE_LIMITED with retryAfterSeconds, and leaves that endpoint alone until then, and no other', async () => {
    let time = 0;
    simulator.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 30, times: 1 });
    open({ now: () => time });
    await expect(client.send({ method: 'GET', path: field })).rejects.toMatchObject({
      code: 'JIRA_RATE_LIMITED',
      details: { retryAfterSeconds: 30 },
    });
    time = 10_000;
    await expect(client.send({ method: 'GET', path: field })).rejects.toMatchObject({ details: { retryAfterSeconds: 20 } });
    expect(simulator.requests.total()).toBe(1);
    expect(await client.send({ method: 'GET', path: '/rest/api/3/myself' })).toMatchObject({ displayName: 'Tally' });
    time = 31_000;
    expect(await client.send({ method: 'GET', path: field })).toBeInstanceOf(Array);
  });

  it('waits an hour at most, whatever Jira says, and passes on what a 503 says', async () => {
    let time = 0;
    open({ now: () => time });
    simulator.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 1e300, times: 1 });
    await expect(client.send({ method: 'GET', path: field })).rejects.toMatchObject({ details: { retryAfterSeconds: 3_600 } });
    time = 3_600_001;
    expect(await client.send({ method: 'GET', path: field })).toBeInstanceOf(Array);
    simulator.faults.add({ kind: 'status', status: 503, retryAfterSeconds: 40, times: 1 });
    await expect(client.send({ method: 'GET', path: field })).rejects.toMatchObject({
      code: 'JIRA_UNAVAILABLE',
      details: { retryAfterSeconds: 40 },
    });
  });

  it('leaves only one issue alone when Jira limits the writes to it', async () => {
    open();
    simulator.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 30, reason: 'jira-per-issue-on-write', times: 1 });
    const put = (key: string) =>
      client.send({
        method: 'PUT',
        path: `/rest/api/3/issue/${key}`,
        endpoint: '/rest/api/3/issue/{key}',
        body: { fields: { customfield_10032: 1 } },
      });
    await expect(put('SHOP-20')).rejects.toMatchObject({ code: 'JIRA_RATE_LIMITED' });
    await expect(put('SHOP-20')).rejects.toMatchObject({ code: 'JIRA_RATE_LIMITED' });
    await put('SHOP-21');
    expect(simulator.requests.total('PUT')).toBe(2);
  });

  it.each([
    ['no listener', 'http://127.0.0.1:9'],
    ['no name', 'http://jira.inner.invalid'],
  ])('JIRA_UNAVAILABLE tells no inner address: %s', async (_what, baseUrl) => {
    const send = () => open({ baseUrl }).send({ method: 'PUT', path: field, body: {} });
    const error = await send().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'JIRA_UNAVAILABLE', message: 'Jira cannot be reached.', details: {} });
    for (let count = 0; count < 5; count++) await client.send({ method: 'PUT', path: field, body: {} }).catch(() => undefined);
    expect(client.findTrouble()?.reason).toMatch(/127\.0\.0\.1|jira\.inner\.invalid/);
  });

  it('ends a request that takes too long with JIRA_UNAVAILABLE', async () => {
    simulator.faults.add({ kind: 'slow', delayMs: 4_000 });
    const startedAt = performance.now();
    await expect(open({ timeoutMs: 200 }).send({ method: 'GET', path: field })).rejects.toMatchObject({ code: 'JIRA_UNAVAILABLE' });
    expect(performance.now() - startedAt).toBeLessThan(3_500);
  });

  it('spares a Jira that fails five times in a row, and lets one request try after the pause', async () => {
    let time = 0;
    simulator.faults.add({ kind: 'status', status: 500 });
    open({ now: () => time });
    const put = () => client.send({ method: 'PUT', path: '/rest/api/3/issue/SHOP-1', body: {} }).catch((error: unknown) => error);
    for (let count = 0; count < 8; count++) await put();
    expect(simulator.requests.total()).toBe(5);
    expect(client.findTrouble()?.reason).toContain('fails again and again');
    time = 10_001;
    simulator.faults.clear();
    expect(await client.send({ method: 'GET', path: field })).toBeInstanceOf(Array);
    expect(client.findTrouble()?.reason).toContain('PUT');
    expect(await put()).toMatchObject({ status: 400 });
    expect(client.findTrouble()).toBeUndefined();
  });

  it('calls nothing broken that nobody has come to try again for a minute', async () => {
    let time = 0;
    simulator.faults.add({ kind: 'status', status: 503 });
    open({ now: () => time });
    for (let count = 0; count < 2; count++) await expect(client.send({ method: 'GET', path: field })).rejects.toThrow();
    expect(client.findTrouble()).toMatchObject({ kind: 'away' });
    time = 70_001;
    expect(client.findTrouble()).toBeUndefined();
  });

  it('keeps requests under way below its cap', async () => {
    open({ maxConnections: 3 });
    simulator.faults.add({ kind: 'slow', delayMs: 50 });
    await Promise.all(Array.from({ length: 12 }, () => client.send({ method: 'GET', path: field })));
    expect(simulator.mostAtOnce()).toBeLessThanOrEqual(3);
  });

  it("keeps Jira's own words of a refusal, and no credentials in any error", async () => {
    await expect(open().send({ method: 'GET', path: '/rest/api/3/issue/NOPE-1' })).rejects.toMatchObject({
      name: 'JiraRefusal',
      status: 404,
      message: 'Issue does not exist or you do not have permission to see it.',
    });
    await client.stop();
    const refused = await open({ baseUrl: 'http://127.0.0.1:1' })
      .send({ method: 'GET', path: field })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'JIRA_UNAVAILABLE' });
    expect(String(refused) + JSON.stringify(refused)).not.toContain('very-secret');
  });

  it('takes 401 as JIRA_FORBIDDEN, and a page that is no JSON as JIRA_UNAVAILABLE', async () => {
    simulator.faults.add({ kind: 'status', status: 401, times: 1 });
    await expect(open().send({ method: 'GET', path: field })).rejects.toMatchObject({ code: 'JIRA_FORBIDDEN' });
    expect(client.findTrouble()?.reason).toContain('credentials');
    simulator.faults.add({ kind: 'status', status: 302, times: 1 });
    await expect(client.send({ method: 'GET', path: field })).rejects.toMatchObject({ code: 'JIRA_UNAVAILABLE' });
  });

  it('takes a scope that the token lacks as a refusal of this request, not of our credentials', async () => {
    simulator.faults.add({ kind: 'status', status: 401, reason: 'Unauthorized; scope does not match', times: 1 });
    await expect(open().send({ method: 'GET', path: field })).rejects.toMatchObject({ name: 'JiraRefusal', status: 403 });
    expect(client.findTrouble()).toBeUndefined();
  });

  it('asks below a base path, as scoped tokens need it', async () => {
    open({ baseUrl: `${simulator.url}/ex/jira/1234` });
    await expect(client.send({ method: 'GET', path: field })).rejects.toMatchObject({ status: 404 });
    expect(simulator.requests.counts()).toEqual({ 'GET /ex/jira/1234/rest/api/3/field': 1 });
  });
});
