import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseConfig } from '../../kit/process/config.ts';
import { startSimulator } from '../../subgraphs/jira/simulator/simulator.ts';
import { start as startJira } from '../../subgraphs/jira/src/main.ts';

describe('with MANAGEMENT_PORT', () => {
  let origin: string;
  let managementUrl: string;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const simulator = await startSimulator();
    stops.push(simulator.stop);
    const jira = await startJira({
      LOG_LEVEL: 'silent',
      AUTH: 'open',
      JIRA_PORT: '0',
      MANAGEMENT_PORT: '0',
      JIRA_URL: simulator.url,
      JIRA_API_TOKEN: 'simulated',
    });
    stops.push(jira.stop);
    origin = new URL(jira.url).origin;
    managementUrl = jira.managementUrl ?? '';
  });

  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  const statusOf = async (url: string) => (await fetch(url)).status;

  it('serves health and metrics on that port, with or without a trailing slash', async () => {
    const paths = ['/health', '/health/', '/health/live', '/health/ready', '/metrics', '/metrics/'];
    expect(await Promise.all(paths.map((path) => statusOf(`${managementUrl}${path}`)))).toEqual(paths.map(() => 200));
  });

  it('serves nothing else on that port, and no metrics on the port that clients reach', async () => {
    expect(await statusOf(`${managementUrl}/graphql`)).toBe(404);
    expect(await statusOf(`${origin}/metrics`)).toBe(404);
    expect(await statusOf(`${origin}/health/live`)).toBe(200);
  });
});

describe('a variable in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tally-config-'));
  const file = join(folder, 'secret');
  const schema = z.object({ JIRA_API_TOKEN: z.string(), SIGNING_KEY: z.string().optional(), SIGNING_KEY_FILE: z.string().optional() });

  beforeAll(() => writeFileSync(file, 'from a file\n'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is read from NAME_FILE, without the last line break', () => {
    expect(parseConfig('test', schema, { JIRA_API_TOKEN_FILE: file }).JIRA_API_TOKEN).toBe('from a file');
  });

  it('gives way to NAME itself', () => {
    expect(parseConfig('test', schema, { JIRA_API_TOKEN: 'given', JIRA_API_TOKEN_FILE: file }).JIRA_API_TOKEN).toBe('given');
  });

  it('is named when its file cannot be read', () => {
    expect(() => parseConfig('test', schema, { JIRA_API_TOKEN_FILE: join(folder, 'none') })).toThrow(
      'test cannot start with this environment:\n  JIRA_API_TOKEN_FILE: the file cannot be read (ENOENT)',
    );
  });

  it('is not read for a variable whose own name ends in _FILE', () => {
    const values = parseConfig('test', schema, { JIRA_API_TOKEN: 'given', SIGNING_KEY_FILE: file });
    expect([values.SIGNING_KEY_FILE, values.SIGNING_KEY]).toEqual([file, undefined]);
  });
});
