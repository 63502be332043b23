import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDataDirectory } from '../setup/data-directory.ts';
import { createFolder, findFreePort } from '../setup/private-server.ts';
import { ask, waitFor } from './client.ts';
import { type MainProcess, runMain } from './process.ts';
import { openSession } from './session.ts';

const started: MainProcess[] = [];
let directory: string;

beforeEach(async () => {
  directory = await createDataDirectory();
});

afterEach(async () => {
  for (const main of started.splice(0)) await main.end();
  await rm(directory, { recursive: true, force: true });
});

function run(file: string, environment: Readonly<Record<string, string>>): MainProcess {
  const main = runMain(file, environment);
  started.push(main);
  return main;
}

async function freePorts(): Promise<Record<'ROUTER_PORT' | 'JIRA_PORT' | 'VOTING_PORT' | 'SIMULATOR_PORT', string>> {
  const [router, jira, voting, simulator] = await Promise.all([findFreePort(), findFreePort(), findFreePort(), findFreePort()]);
  return { ROUTER_PORT: `${router}`, JIRA_PORT: `${jira}`, VOTING_PORT: `${voting}`, SIMULATOR_PORT: `${simulator}` };
}

/** Waits until the router answers. @throws Error when its process ends instead. */
async function waitForRouter(url: string, main: MainProcess): Promise<void> {
  let hasEnded = false;
  void main.exited.then(() => {
    hasEnded = true;
  });
  const answers = () =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ __typename }"}' }).then(
      (response) => response.ok,
      () => false,
    );
  while (!(await waitFor(answers, (isUp) => isUp || hasEnded)) && !hasEnded);
  if (hasEnded) throw new Error(`The process ended:\n${main.output()}`);
}

describe('npm start', { timeout: 120_000 }, () => {
  it('brings up the product, says where it is, stops at Ctrl-C, and finds its sessions at the next start', async () => {
    const ports = await freePorts();
    const empty = await createFolder('start');
    const environment = { ...ports, DATA_DIRECTORY: empty };
    const url = `http://127.0.0.1:${ports.ROUTER_PORT}/graphql`;
    const first = run('start.ts', environment);
    await waitForRouter(url, first);
    const session = await openSession(url, { keys: ['SHOP-20'] });
    expect(first.output()).toContain(`:${ports.ROUTER_PORT}/graphql`);
    expect(await first.end('SIGINT')).toBe(0);

    const second = run('start.ts', environment);
    await waitForRouter(url, second);
    const read = await ask(
      url,
      'query ($id: ID!) { session(id: $id) { title participants { name } items { issue { key } } } }',
      { id: session.id },
      session.ada,
    );
    expect(read.session).toEqual({
      title: 'Sprint 24',
      participants: [{ name: 'Robin' }, { name: 'Ada' }, { name: 'Grace' }],
      items: [{ issue: { key: 'SHOP-20' } }],
    });
    expect(await second.end('SIGTERM')).toBe(0);
    await rm(empty, { recursive: true });
  });

  it('refuses a data folder that another start is using, and leaves that one alone', async () => {
    const ports = await freePorts();
    const url = `http://127.0.0.1:${ports.ROUTER_PORT}/graphql`;
    const first = run('start.ts', { ...ports, DATA_DIRECTORY: directory });
    await waitForRouter(url, first);
    const second = run('start.ts', { ...(await freePorts()), DATA_DIRECTORY: directory });
    expect(await second.exited).toBe(1);
    expect(second.output()).toMatch(/in use/);
    expect(second.output()).toContain('DATA_DIRECTORY');
    expect((await ask(url, '{ decks { name } }')).decks.length).toBeGreaterThan(0);
  });

  it.each(['ROUTER_PORT', 'JIRA_PORT', 'VOTING_PORT', 'SIMULATOR_PORT'] as const)('names %s when that port is taken', async (variable) => {
    const occupant = createServer();
    await new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve));
    const taken = String((occupant.address() as AddressInfo).port);
    try {
      const main = run('start.ts', { ...(await freePorts()), DATA_DIRECTORY: directory, [variable]: taken });
      expect(await main.exited).toBe(1);
      expect(main.output()).toContain(`Port ${taken}`);
      expect(main.output()).toContain(variable);
    } finally {
      occupant.close();
    }
  });

  it('takes an empty variable for one that is not set', async () => {
    const ports = await freePorts();
    const empty = { AUTH: '', JIRA_URL: '', JIRA_API_TOKEN: '', ROUTER_TO_JIRA_SECRET: '', DATABASE_URL: '', LOG_LEVEL: '' };
    await waitForRouter(
      `http://127.0.0.1:${ports.ROUTER_PORT}/graphql`,
      run('start.ts', { ...ports, ...empty, DATA_DIRECTORY: directory }),
    );
  });

  it('names every bad variable in one error', async () => {
    const main = run('start.ts', { ...(await freePorts()), DATA_DIRECTORY: directory, ROUTER_PORT: 'four thousand', LOG_LEVEL: 'loud' });
    expect(await main.exited).toBe(1);
    expect(main.output()).toContain('ROUTER_PORT');
    expect(main.output()).toContain('LOG_LEVEL');
    expect(main.output()).not.toMatch(/four thousand|loud/);
  });
});

describe('the router by itself', () => {
  it('refuses to start without JIRA_SERVICE_URL and VOTING_SERVICE_URL, and names both', async () => {
    const main = run('router/src/main.ts', { ROUTER_PORT: '0' });
    expect(await main.exited).toBe(1);
    expect(main.output()).toContain('JIRA_SERVICE_URL');
    expect(main.output()).toContain('VOTING_SERVICE_URL');
  });

  it('ends when it is told to while it waits for its services: as the first process of a container nobody else would end it', async () => {
    const services = { JIRA_SERVICE_URL: 'http://127.0.0.1:9', VOTING_SERVICE_URL: 'http://127.0.0.1:9' };
    const main = run('router/src/main.ts', { ROUTER_PORT: '0', STARTUP_WAIT_SECONDS: '60', ...services });
    await waitFor(
      async () => main.output(),
      (output) => output.includes('waiting for'),
    );
    expect(await main.end('SIGTERM')).toBe(0);
  });

  it('waits STARTUP_WAIT_SECONDS for its services with a countdown that names them, then serves degraded', async () => {
    const ports = await freePorts();
    const main = run('router/src/main.ts', {
      ROUTER_PORT: ports.ROUTER_PORT,
      JIRA_SERVICE_URL: `http://127.0.0.1:${ports.JIRA_PORT}`,
      VOTING_SERVICE_URL: `http://127.0.0.1:${ports.VOTING_PORT}`,
      STARTUP_WAIT_SECONDS: '2',
    });
    const base = `http://127.0.0.1:${ports.ROUTER_PORT}`;
    await waitForRouter(`${base}/graphql`, main);
    expect(main.output()).toMatch(/waiting for jira .* and voting .*: 2 s left/);
    expect(main.output()).toMatch(/waiting for jira .* and voting .*: 1 s left/);
    const ready = (await (await fetch(`${base}/health/ready`)).json()) as { status: string; checks: Record<string, { status: string }> };
    expect(ready.status).not.toBe('ok');
    expect([ready.checks['jira']?.status, ready.checks['voting']?.status]).not.toContain('ok');
    expect(await main.end('SIGTERM')).toBe(0);
  });
});
