import { afterEach, expect, it } from 'vitest';
import { createLogger } from '../../../kit/process/logging.ts';
import { type ScriptedSubgraphs, startScriptedSubgraphs } from '../../test/scripted.ts';
import { createContext } from '../context.ts';
import { createSubgraphClient } from './subgraph-client.ts';

let subgraphs: ScriptedSubgraphs | undefined;
afterEach(() => subgraphs?.stop());

async function open() {
  const started = await startScriptedSubgraphs();
  subgraphs = started;
  const address = { name: 'toy', url: started.urls.jira, secret: undefined, headers: {}, timeoutMs: 10_000, tls: 'mutual' } as const;
  const client = createSubgraphClient({ address });
  const context = createContext({ requestId: 'request-1', log: createLogger('test', 'silent'), clientIp: '', header: () => undefined });
  const ask = (query: string) => client.request(JSON.stringify({ query }), context, true);
  return { started, client, ask };
}

it.each([500, 503])('HTML with %s opens the breaker', async (status) => {
  const { started, client, ask } = await open();
  started.answer = () => ({ text: '<html>', status, type: 'text/html' });
  for (let count = 0; count < 10; count += 1) await ask(`{ a${count} }`);
  expect(client.isBreakerOpen()).toBe(true);
  await client.close();
});

it('errors of GraphQL with 500 do not', async () => {
  const { started, client, ask } = await open();
  started.answer = () => ({ text: JSON.stringify({ errors: [{ message: 'x', extensions: { code: 'X' } }] }), status: 500 });
  for (let count = 0; count < 10; count += 1) expect((await ask(`{ a${count} }`)).errors?.[0]?.extensions).toEqual({ code: 'X' });
  expect(client.isBreakerOpen()).toBe(false);
  await client.close();
});

it('an answer that is too large is asked for once, and is no failure of the subgraph', async () => {
  const { started, client, ask } = await open();
  const text = JSON.stringify({ data: { a: 'x'.repeat(17 * 1024 * 1024) } });
  started.answer = () => ({ text });
  for (let count = 0; count < 6; count += 1)
    expect((await ask(`{ a${count} }`)).errors?.[0]?.extensions).toEqual({ code: 'SUBGRAPH_INVALID_RESPONSE' });
  expect(started.seen.length).toBe(6);
  expect(client.isBreakerOpen()).toBe(false);
  await client.close();
});
