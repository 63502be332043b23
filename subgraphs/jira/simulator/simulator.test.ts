import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts';

let simulator: Simulator | undefined;

async function open(options: SimulatorOptions = {}): Promise<Simulator> {
  simulator = await startSimulator(options);
  return simulator;
}

async function ask(method: string, path: string, body?: unknown, authorization = 'Bearer x') {
  const response = await fetch(`${simulator?.url}${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

const points = { fields: { customfield_10032: 8 } };

describe('the Jira simulator', () => {
  afterEach(() => simulator?.stop());

  it('keeps what is written, with a changelog', async () => {
    await open();
    expect(await ask('PUT', '/rest/api/3/issue/SHOP-20', points)).toMatchObject({ status: 204, body: undefined });
    const { body } = await ask('GET', '/rest/api/3/issue/SHOP-20?fields=customfield_10032&expand=changelog');
    expect(body.fields).toEqual({ customfield_10032: 8 });
    expect(body.changelog.histories.at(-1).items[0]).toMatchObject({ field: 'Story Points', toString: '8' });
  });

  it('refuses fields that are not on the screen, and unknown or forbidden issues', async () => {
    const { world } = await open();
    expect(await ask('PUT', '/rest/api/3/issue/OPS-4', points)).toMatchObject({
      status: 400,
      body: { errors: { customfield_10032: expect.stringContaining('not on the appropriate screen') } },
    });
    const issue = world.byKey.get('SHOP-21');
    if (issue !== undefined) issue.isForbidden = true;
    expect((await ask('PUT', '/rest/api/3/issue/SHOP-21', points)).status).toBe(404);
    expect((await ask('GET', '/rest/api/3/issue/SHOP-21')).status).toBe(404);
    const { body } = await ask('POST', '/rest/api/3/issue/bulkfetch', { issueIdsOrKeys: ['SHOP-22', 'SHOP-21', 'SHOP-20'] });
    expect(body.issues.map(({ key }: { key: string }) => key)).toEqual(['SHOP-20', 'SHOP-22']);
  });

  it('remembers written points over a restart, when it has a file for them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tally-simulator-'));
    const stateFile = join(folder, 'jira.json');
    await open({ stateFile });
    await ask('PUT', '/rest/api/3/issue/SHOP-20', points);
    await simulator?.stop();
    expect(JSON.parse(await readFile(stateFile, 'utf8'))).toEqual({ 'SHOP-20': { customfield_10032: 8 } });
    await open({ stateFile });
    expect((await ask('GET', '/rest/api/3/issue/SHOP-20')).body.fields.customfield_10032).toBe(8);
    await rm(folder, { recursive: true });
  });

  it('answers 401 without credentials, or with others than agreed', async () => {
    await open({ authorization: 'Bearer right' });
    expect((await fetch(`${simulator?.url}/rest/api/3/myself`)).status).toBe(401);
    expect((await ask('GET', '/rest/api/3/myself')).status).toBe(401);
    expect((await ask('GET', '/rest/api/3/myself', undefined, 'Bearer right')).status).toBe(200);
  });

  it('has v2 with totals on Data Center only, and 410 for the old search on Cloud', async () => {
    await open({ flavor: 'data-center' });
    expect((await ask('POST', '/rest/api/2/search', { jql: 'project = SHOP', maxResults: 1 })).body).toMatchObject({
      startAt: 0,
      maxResults: 1,
      total: expect.any(Number),
    });
    expect((await ask('GET', '/rest/api/3/field')).status).toBe(404);
    await simulator?.stop();
    await open();
    expect(await ask('GET', '/rest/api/2/search?jql=project%3DSHOP')).toMatchObject({
      status: 410,
      body: { errorMessages: [expect.stringContaining('CHANGE-2046')] },
    });
  });

  it('counts requests by endpoint, and forgets the counts when asked', async () => {
    await open();
    await ask('GET', '/rest/api/3/issue/SHOP-1');
    await ask('GET', '/rest/api/3/issue/SHOP-2');
    expect((await ask('GET', '/__simulator/requests')).body).toEqual({ total: 2, endpoints: { 'GET /rest/api/3/issue/{key}': 2 } });
    await ask('DELETE', '/__simulator/requests');
    expect((await ask('GET', '/__simulator/requests')).body.total).toBe(0);
  });

  it('fails on demand: a limit with Retry-After, slowness, a cut, an answer lost after applying, and a change that comes late', async () => {
    await open();
    await ask('POST', '/__simulator/faults', [{ kind: 'status', status: 429, retryAfterSeconds: 3, times: 1 }]);
    const limited = await ask('GET', '/rest/api/3/myself');
    expect([limited.status, limited.headers.get('retry-after'), limited.headers.get('ratelimit-reason')]).toEqual([
      429,
      '3',
      'jira-burst-based',
    ]);
    expect((await ask('GET', '/rest/api/3/myself')).status).toBe(200);
    await ask('POST', '/__simulator/faults', { kind: 'cut', method: 'PUT', times: 1 });
    await expect(ask('PUT', '/rest/api/3/issue/SHOP-20', points)).rejects.toThrow('fetch failed');
    expect((await ask('GET', '/__simulator/writes')).body).toEqual([]);
    await ask('POST', '/__simulator/faults', { kind: 'cut-after-applying', method: 'PUT', times: 1 });
    await expect(ask('PUT', '/rest/api/3/issue/SHOP-20', points)).rejects.toThrow('fetch failed');
    expect((await ask('GET', '/__simulator/writes')).body).toMatchObject([{ key: 'SHOP-20', value: 8 }]);
    await ask('POST', '/__simulator/faults', { kind: 'apply-late', method: 'PUT', delayMs: 100, times: 1 });
    await expect(ask('PUT', '/rest/api/3/issue/SHOP-21', points)).rejects.toThrow('fetch failed');
    expect((await ask('GET', '/__simulator/writes')).body).toHaveLength(1);
    await wait(200);
    expect((await ask('GET', '/__simulator/writes')).body).toMatchObject([{}, { key: 'SHOP-21', value: 8 }]);
    await ask('POST', '/__simulator/faults', { kind: 'slow', delayMs: 150 });
    const startedAt = performance.now();
    await ask('GET', '/rest/api/3/myself');
    expect(performance.now() - startedAt).toBeGreaterThan(140);
    await ask('DELETE', '/__simulator/faults');
    expect((await ask('GET', '/__simulator/faults')).body).toEqual([]);
  });

  it('moves, renames, forbids and changes issues on demand', async () => {
    await open();
    await ask('POST', '/__simulator/issues/SHOP-20', { movedTo: 'APP-900', summary: 'Another', numbers: { customfield_10032: 3 } });
    expect((await ask('GET', '/rest/api/3/issue/SHOP-20')).body).toMatchObject({
      key: 'APP-900',
      fields: { summary: 'Another', customfield_10032: 3 },
    });
    await ask('POST', '/__simulator/issues/APP-900', { isForbidden: true });
    expect((await ask('GET', '/rest/api/3/issue/APP-900')).status).toBe(404);
  });
});
