import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startSimulator } from '../../subgraphs/jira/simulator/simulator.ts';
import { type MainProcess, runMain } from '../federation/process.ts';
import { createDataDirectory } from '../setup/data-directory.ts';
import { findFreePort } from '../setup/private-server.ts';

// `npm run start:jira`, `npm run start:voting` and `npm run start:router`, as their users start them: on loopback, and nobody has set a secret.

const directory = await createDataDirectory();
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let processes: readonly MainProcess[];
let ports: { readonly jira: number; readonly voting: number; readonly router: number };

beforeAll(async () => {
  simulator = await startSimulator();
  ports = { jira: await findFreePort(), voting: await findFreePort(), router: await findFreePort() };
  const environment = {
    DATA_DIRECTORY: directory,
    AUTH: 'open',
    LOG_LEVEL: 'info',
    JIRA_URL: simulator.url,
    JIRA_API_TOKEN: 'simulated',
    JIRA_PORT: String(ports.jira),
    VOTING_PORT: String(ports.voting),
    ROUTER_PORT: String(ports.router),
    JIRA_SERVICE_URL: `http://127.0.0.1:${ports.jira}`,
    VOTING_SERVICE_URL: `http://127.0.0.1:${ports.voting}`,
  };
  // At once: whoever is first makes the secrets.
  processes = ['jira', 'voting', 'router'].map((service) => runMain('scripts/start-alone.ts', environment, undefined, [service]));
  for (const port of Object.values(ports)) await vi.waitUntil(() => isUp(port), { timeout: 280_000, interval: 200 });
}, 300_000);
afterAll(async () => {
  await Promise.all((processes ?? []).map((each) => each.end()));
  await simulator?.stop();
});

const isUp = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );

async function ask(port: number, query: string) {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, text: await response.text() };
}

it('they know each other', { timeout: 60_000 }, async () => {
  await expect
    .poll(async () => (await ask(ports.router, 'mutation { createSession(title: "Alone", name: "Robin") { session { title } } }')).text, {
      timeout: 30_000,
    })
    .toContain('"title":"Alone"');
  expect((await ask(ports.router, '{ parseIssues(text: "SHOP-1") { issues { key } } }')).text).not.toMatch(/FORBIDDEN|UNAVAILABLE/);
});

it('and nobody else may ask a subgraph', async () => {
  const secrets = Object.values(JSON.parse(readFileSync(join(directory, 'service-secrets.json'), 'utf8')) as Record<string, string>);
  expect(statSync(join(directory, 'service-secrets.json')).mode & 0o777).toBe(0o600);
  for (const port of [ports.jira, ports.voting]) {
    const { text } = await ask(port, '{ __typename _service { sdl } }');
    expect(text).toContain('errors');
    expect(text).not.toContain('type ');
  }
  for (const { output } of processes) for (const secret of secrets) expect(output()).not.toContain(secret);
});
