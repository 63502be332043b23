import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptsEventStream, acceptsMultipart, askEverywhere, everywhere, type Operation, sendBySocket, sendRaw } from '../../test/raw.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

let world: World;
let token: string;
beforeAll(async () => {
  world = await startWorld(start, { MAX_COST: '100' });
  token = await world.token();
});
afterAll(() => world.stop());

describe('OPERATION_TOO_COSTLY, on every transport,', () => {
  it.each<[string, Operation]>([
    ['refuses a slicing argument', { query: '{ search(first: 51) { key } }' }],
    ['refuses a slicing argument in a variable', { query: 'query Q($n: Int!) { search(first: $n) { key } }', variables: { n: 51 } }],
    ["refuses a slicing argument in a variable's default", { query: 'query Q($n: Int! = 51) { search(first: $n) { key } }' }],
    ['refuses many lists at once', { query: `{ ${Array.from({ length: 6 }, (_, i) => `a${i}: search { key }`).join(' ')} }` }],
    ['refuses lists in lists', { query: '{ session(id: "s1") { items { issue { key } } } a: search(first: 45) { key } }' }],
  ])('%s', async (_what, operation) => {
    expect(await askEverywhere(world.router.url, operation, { authorization: `Bearer ${token}` })).toEqual(
      everywhere('OPERATION_TOO_COSTLY'),
    );
  });

  it.each<[string, Operation]>([
    ['lets pass what is just small enough', { query: '{ search(first: 50) { key } }' }],
    [
      'lets pass the same document with a smaller variable',
      { query: 'query Q($n: Int!) { search(first: $n) { key } }', variables: { n: 50 } },
    ],
  ])('%s', async (_what, operation) => {
    expect(await askEverywhere(world.router.url, operation, { authorization: `Bearer ${token}` })).toEqual(everywhere(undefined));
  });

  it('counts subscriptions as well', async () => {
    const query = `subscription { sessionUpdated(sessionId: "s1") { ${Array.from({ length: 11 }, (_, i) => `a${i}: items { id }`).join(' ')} } }`;
    const { url } = world.router;
    const init = { type: 'connection_init', payload: { authorization: `Bearer ${token}` } };
    expect(await sendBySocket(url, [{ id: '1', type: 'subscribe', payload: { query } }], init)).toBe('OPERATION_TOO_COSTLY');
    for (const accept of [acceptsEventStream, acceptsMultipart])
      expect((await sendRaw(url, { query }, { ...accept, authorization: `Bearer ${token}` })).code).toBe('OPERATION_TOO_COSTLY');
  });

  it('says the limit and the cost', async () => {
    const { body } = await world.post('{ search(first: 51) { key } }');
    expect(body.errors[0].extensions).toEqual({ code: 'OPERATION_TOO_COSTLY', limit: 100, actual: 102 });
  });
});
