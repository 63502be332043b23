import { ApolloClient, ApolloLink, gql, InMemoryCache } from '@apollo/client';
import { NEVER } from 'rxjs';
import { expect, it } from 'vitest';
import { shareReadings } from './sharedReadings.ts';

const count = 100;
const query = gql`query Queue { queue { id topic } }`;
const mutation = gql`mutation Rename { rename { id topic } }`;
const item = (id: number, topic = `topic ${id}`) => ({ __typename: 'Item', id: `i${id}`, topic });

/** A queue that is watched, with how many topics are read from the cache. */
async function watchQueue() {
  let readings = 0;
  const topic = {
    read: (value: string) => {
      readings += 1;
      return value;
    },
  };
  const cache = shareReadings(new InMemoryCache({ typePolicies: { Item: { fields: { topic } } } }));
  cache.writeQuery({ query, data: { queue: Array.from({ length: count }, (_, id) => item(id)) } });
  const client = new ApolloClient({ cache, link: new ApolloLink(() => NEVER) });
  const seen: string[] = [];
  client.watchQuery({ query }).subscribe(({ data }) => seen.push((data as { queue: { topic: string }[] }).queue[7]?.topic ?? ''));
  const rename = (id: number, name: string) => cache.modify({ id: `Item:i${id}`, fields: { topic: () => name } });
  const settled = () => new Promise((done) => setTimeout(done));
  await settled();
  const countReadings = async (act: () => unknown) => {
    const before = readings;
    act();
    await settled();
    return readings - before;
  };
  return { cache, client, seen, rename, countReadings };
}

it('reads of a watched queue what has changed, once', async () => {
  const { rename, countReadings, seen } = await watchQueue();
  expect(await countReadings(() => rename(7, 'new'))).toBe(1);
  expect(await countReadings(() => rename(7, 'newer'))).toBe(1);
  expect(seen).toEqual(['topic 7', 'new', 'newer']);
});

it('tells an optimistic answer from what is known, for as long as it is shown', async () => {
  const { cache, client, seen, rename, countReadings } = await watchQueue();
  const known = () => (cache.readQuery({ query }) as { queue: { topic: string }[] }).queue[7]?.topic;
  await countReadings(() => void client.mutate({ mutation, optimisticResponse: { rename: item(7, 'hoped for') } }));
  expect(seen.at(-1)).toBe('hoped for');
  expect(known()).toBe('topic 7');
  await countReadings(() => rename(7, 'new'));
  expect(seen.at(-1)).toBe('hoped for');
  expect(known()).toBe('new');
});

it.each([
  ['removed', (cache: InMemoryCache) => cache.removeOptimistic('hope')],
  ['replaced', (cache: InMemoryCache) => cache.batch({ update: () => undefined, removeOptimistic: 'hope' })],
])('reads once again when the optimistic answer is %s', async (_what, end) => {
  const { cache, seen, rename, countReadings } = await watchQueue();
  await countReadings(() =>
    cache.batch({
      optimistic: 'hope',
      update: (layer) => void layer.modify({ id: 'Item:i7', fields: { topic: () => 'hoped for' }, optimistic: true }),
    }),
  );
  expect(seen.at(-1)).toBe('hoped for');
  await countReadings(() => end(cache));
  expect(seen.at(-1)).toBe('topic 7');
  expect(await countReadings(() => rename(7, 'new'))).toBe(1);
});
