import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVotingWorld, type VotingWorld } from './world.ts';

const secret = 'a-secret-of-the-router-and-voting-alone';

describe('with ROUTER_TO_VOTING_SECRET', () => {
  let world: VotingWorld;
  beforeAll(async () => {
    world = await startVotingWorld({ ROUTER_TO_VOTING_SECRET: secret });
  });
  afterAll(() => world?.stop());

  const send = (query: string, given?: string) =>
    fetch(world.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(given === undefined ? {} : { 'x-tally-service-secret': given }) },
      body: JSON.stringify({ query }),
    });

  it('strangers get nothing, the schema included: 403', async () => {
    const queries = ['{ _service { sdl } }', '{ __schema { types { name } } }', '{ __typename }', '{ nothing', ''];
    for (const query of [...queries, 'mutation { createSession(title: "T", name: "A") { token } }']) {
      for (const given of [undefined, '', 'wrong', secret.slice(0, -1), `${secret}x`]) {
        const answer = await send(query, given);
        expect([query, given, answer.status]).toEqual([query, given, 403]);
        expect(await answer.text()).not.toContain('type Query');
      }
    }
  });

  it('the router gets the schema', async () => {
    const answer = await send('{ _service { sdl } }', secret);
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { data: { _service: { sdl: string } } }).data._service.sdl).toContain('type Session');
  });
});
