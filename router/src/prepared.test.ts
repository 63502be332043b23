import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startWorld, type World } from '../test/world.ts';
import { start } from './main.ts';
import { plansTotal } from './metrics.ts';
import { hashOf } from './protection/registered.ts';

const worlds: World[] = [];
afterEach(() => Promise.all(worlds.splice(0).map((world) => world.stop())));

const countMisses = async (): Promise<number> =>
  (await plansTotal.get()).values.find(({ labels }) => labels['cache'] === 'miss')?.value ?? 0;

it('the operations of the manifests are planned before the router listens, whether requests name them or not; a bad one stops no start', async () => {
  const bodies = [
    'query Named { __typename issue(key: "TOY-1") { key } }',
    '{ issue(key: "TOY-2") { summary } }',
    '{ nothing }',
    'query A { __typename } query B { __typename }',
  ];
  const operations = bodies.map((body) => ({ id: hashOf(body), name: 'x', type: 'query', body }));
  const manifest = join(mkdtempSync(join(tmpdir(), 'tally-manifest-')), 'manifest.json');
  writeFileSync(manifest, JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }));
  const world = await startWorld(start, { PERSISTED_OPERATIONS_FILES: manifest });
  worlds.push(world);
  const before = await countMisses();
  const ask = async (body: object): Promise<{ readonly data?: object }> => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(world.router.url, { method: 'POST', headers, body: JSON.stringify(body) })).json() as never;
  };
  for (const body of [{ query: bodies[0], operationName: 'Named' }, { query: bodies[0] }, { query: bodies[1] }])
    expect((await ask(body)).data, JSON.stringify(body)).toMatchObject({ issue: {} });
  expect(await countMisses()).toBe(before);
  expect((await ask({ query: bodies[2] })).data).toBeUndefined();
  expect((await ask({ query: bodies[3], operationName: 'B' })).data).toEqual({ __typename: 'Query' });
});
