import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, waitFor } from './client.ts';
import { openSession, revealRound, settleRound, startRound, vote } from './session.ts';
import { availableStorages, startWorld, type World } from './world.ts';

describe.each(availableStorages)('which field takes its first estimate in a project, on %s,', (storage) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ JIRA_CACHE_TTL: '1' }, storage);
  });
  afterAll(() => world?.stop());

  const read = async (key: string, token?: string) =>
    (await ask(world.url, 'query ($key: ID!) { issue(key: $key) { writtenFields estimability { field { id } } } }', { key }, token)).issue;

  it('is known over all sessions, for every issue of that project, by the key that it has now, and for no other project', async () => {
    // SHOP-11 by the key that it had before it moved.
    const first = await openSession(world.url, { keys: ['OLD-1'] });
    const { writtenFields, estimability } = await read('SHOP-20', first.robin);
    expect(writtenFields).toEqual([]);
    const { id: roundId } = await startRound(world.url, first);
    await vote(world.url, first.ada, roundId, '5');
    await ask(world.url, revealRound, { roundId }, first.robin);
    await ask(world.url, settleRound, { roundId, estimate: 5 }, first.robin);
    const written = await waitFor(
      () => read('SHOP-20', first.robin),
      (issue) => issue.writtenFields.length > 0,
    );
    expect(written.writtenFields).toEqual([estimability.field.id]);

    const other = await openSession(world.url, { keys: ['SHOP-21', 'OLD-1', 'APP-20'] });
    const text = 'query ($id: ID!) { session(id: $id) { items { issue { key writtenFields } } } }';
    const { items } = (await ask(world.url, text, { id: other.id }, other.grace)).session;
    expect(
      Object.fromEntries(items.map(({ issue }: { issue: { key: string; writtenFields: string[] } }) => [issue.key, issue.writtenFields])),
    ).toEqual({
      'SHOP-21': written.writtenFields,
      'OLD-1': written.writtenFields,
      'APP-20': [],
    });
    expect((await read('SHOP-22')).writtenFields).toEqual([]);
  });
});
