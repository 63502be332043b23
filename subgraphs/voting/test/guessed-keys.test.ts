import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasReplicas, startVotingWorld, storages, type VotingWorld } from './world.ts';

const create = `mutation ($key: ID!) { createSession(title: "T", name: "Fay", idempotencyKey: $key) { participant { id } session { id inviteCode } } }`;
const join = `mutation ($code: String!, $key: ID!, $name: String!) { joinSession(inviteCode: $code, name: $name, idempotencyKey: $key) { participant { id } } }`;

describe.each(storages)('the key of a retry, with sessions in $storage', ({ storage }) => {
  let world: VotingWorld;
  beforeAll(async () => {
    world = await startVotingWorld({}, { storage });
  });
  afterAll(() => world?.stop());

  async function forgetRequests(before: Date): Promise<void> {
    const store = await world.openStore();
    await store.forgetRequests(before, 1_000);
    await store.close();
  }

  it('that somebody may guess makes no place: INVALID_INPUT', async () => {
    const { createSession } = await world.get(create, { key: randomUUID() });
    const { inviteCode: code } = createSession.session;
    for (const key of ['create-session-1', 'the-same-key-for-two-strangers', '00000000-0000-4000-8000-000000000000'])
      for (const query of [create, join])
        expect((await world.ask(query, { key, code, name: 'Ann' })).errors?.[0]?.extensions['code'], key).toBe('INVALID_INPUT');
  });

  it.skipIf(!hasReplicas)('that was forgotten writes over nobody: REQUEST_ID_REUSED', async () => {
    const [creation, key] = [randomUUID(), randomUUID()];
    const { createSession } = await world.get(create, { key: creation });
    const { inviteCode: code } = createSession.session;
    await world.get(join, { code, key, name: 'Ann' });
    await forgetRequests(new Date(Date.now() + 60_000));
    for (const [query, forgotten] of [
      [join, key],
      [create, creation],
    ] as const) {
      const { errors } = await world.ask(query, { code, key: forgotten, name: 'Eve' });
      expect(errors?.[0]?.extensions['code']).toBe('REQUEST_ID_REUSED');
    }
  });
});
