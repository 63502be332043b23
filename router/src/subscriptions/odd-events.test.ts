import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followByWebSocket } from '../../test/clients.ts';
import { type ScriptedSubgraphs, startRouterOn, startScriptedSubgraphs } from '../../test/scripted.ts';
import { composeToy } from '../../test/world.ts';
import { start } from '../main.ts';

// Whatever a subgraph sends as an event: the client is told what is wrong with it, and the stream goes on.

let subgraphs: ScriptedSubgraphs;
let router: { readonly url: string; readonly stop: () => Promise<void> };
beforeAll(async () => {
  subgraphs = await startScriptedSubgraphs();
  // Anybody may follow: nobody is asked for.
  const open = composeToy((_name, sdl) => sdl.replaceAll(', scope: "sessionId"', '').replaceAll(/ @scope\(argument: "[^)]*\)/g, ''));
  router = await startRouterOn(start, subgraphs, open);
});
afterAll(async () => {
  await router?.stop();
  await subgraphs?.stop();
});

const invalid = 'SUBGRAPH_INVALID_RESPONSE';
const query = 'subscription { voteResults(sessionId: "s1", after: 0) { id revision issue { key } } }';
const event = (revision: number, more: object = {}) => ({
  data: { voteResults: { id: `r${revision}`, revision, issue: { key: 'T-1' }, tallyCursor: revision, ...more } },
});
const shown = (revision: number) => ({ data: { voteResults: { id: `r${revision}`, revision, issue: { key: 'T-1' } } } });

interface Told {
  readonly data: unknown;
  readonly errors?: readonly (readonly [string, unknown])[];
}

async function follow(events: readonly unknown[]): Promise<readonly Told[]> {
  subgraphs.events = [...events, event(9)];
  const following = followByWebSocket({ url: router.url, query });
  await expect.poll(() => following.payloads.length, { timeout: 15_000 }).toBe(events.length + 1);
  expect(following.payloads.at(-1)).toEqual(shown(9));
  await following.stop();
  return following.payloads.slice(0, -1).map(({ data, errors }) => ({
    data,
    ...(errors === undefined
      ? {}
      : {
          errors: errors.map((each: { path?: string[]; extensions: { code: string } }) => [
            (each.path ?? []).join('.'),
            each.extensions.code,
          ]),
        }),
  }));
}

describe('an event', () => {
  it.each<readonly [string, unknown, Told]>([
    ['with `errors: null`', { ...event(1), errors: null }, shown(1)],
    ['with no errors in a list', { ...event(1), errors: [] }, shown(1)],
    [
      'with an error that is in no list',
      { ...event(1), errors: { message: 'x' } },
      { ...shown(1), errors: [['', 'INTERNAL_SERVER_ERROR']] },
    ],
    ['with errors that are strings', { ...event(1), errors: ['x'] }, { ...shown(1), errors: [['', invalid]] }],
    ['of null', { data: null }, { data: null, errors: [['voteResults', invalid]] }],
    ['of nothing', {}, { data: null, errors: [['voteResults', invalid]] }],
    ['whose data is a string', { data: 'x' }, { data: null, errors: [['voteResults', invalid]] }],
    ['whose data is a list', { data: [] }, { data: null, errors: [['voteResults', invalid]] }],
    ['of another field', { data: { other: 1 } }, { data: null, errors: [['voteResults', invalid]] }],
    [
      'with errors alone',
      { errors: [{ message: 'no', path: ['voteResults'], extensions: { code: 'A' } }] },
      { data: null, errors: [['voteResults', 'A']] },
    ],
    ['that is a list', { data: { voteResults: [] } }, { data: null, errors: [['voteResults', invalid]] }],
    ['without an id', event(1, { id: null }), { data: null, errors: [['voteResults.id', invalid]] }],
    [
      'whose issue was left out',
      event(1, { issue: undefined }),
      { data: { voteResults: { id: 'r1', revision: 1, issue: null } }, errors: [['voteResults.issue', invalid]] },
    ],
  ])('%s', async (_name, payload, told) => {
    expect(await follow([payload])).toEqual([told]);
  });

  it('with 20 000 errors tells a hundred, and how many more', async () => {
    const errors = Array.from({ length: 20_000 }, () => ({ message: 'm', extensions: { code: 'A' } }));
    const [told] = await follow([{ ...event(1), errors }]);
    expect(told?.data).toEqual(shown(1).data);
    expect(told?.errors?.length).toBe(101);
  });
});
