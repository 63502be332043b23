import { randomUUID } from 'node:crypto';
import { astFromValue, type GraphQLArgument, getNamedType, isInputObjectType, isLeafType, isRequiredArgument, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSchema } from '../../../kit/subgraph/server.ts';
import { inputReasons } from '../src/domain/reasons.ts';
import { resolvers } from '../src/graphql/resolvers.ts';
import { requestOf } from '../src/store/testing/play.ts';
import type { VotingStore } from '../src/store/voting-store.ts';
import { hasReplicas, openRound, setTable, startVotingWorld, type Table, type VotingWorld } from './world.ts';

// Every mutation with every argument, straight from the schema: one that is added is tested here before anybody thinks of it.

const mutations = Object.values(
  buildSchema(new URL('../schema.graphql', import.meta.url), resolvers)
    .getMutationType()
    ?.getFields() ?? {},
);
const called = mutations.map((mutation) => [mutation.name, mutation] as const);
const withArgument = (accepts: (argument: GraphQLArgument) => boolean) =>
  mutations.flatMap((mutation) => mutation.args.filter(accepts).map((argument) => [mutation.name, argument.name, mutation] as const));

type Mutation = (typeof mutations)[number];
type Given = Readonly<Record<string, unknown>>;
type Codes = Readonly<Record<string, string>>;

const notFound: Codes = {
  sessionId: 'SESSION_NOT_FOUND',
  roundId: 'ROUND_NOT_FOUND',
  'resolveConflict roundId': 'ESTIMATE_NOT_FOUND',
  'retryWriteBacks roundId': 'ESTIMATE_NOT_FOUND',
  itemId: 'ITEM_NOT_FOUND',
  itemIds: 'INCOMPLETE_ORDER',
  participantId: 'PARTICIPANT_NOT_FOUND',
  participantIds: 'PARTICIPANT_NOT_FOUND',
  inviteCode: 'INVITE_NOT_FOUND',
  track: 'UNKNOWN_TRACK',
};
const codeFor = (codes: Codes, mutation: string, argument: string) => codes[`${mutation} ${argument}`] ?? codes[argument] ?? '';

const x = 'x'.repeat(20_000);
const many = <Value>(count: number, value: (index: number) => Value) => Array.from({ length: count }, (_, index) => value(index));
/** Too long, too many, too high; what needs no bound (an enum, a revision) is absent. */
const oversized: Given = {
  ...Object.fromEntries(
    ['title', 'name', 'discipline', 'topic', 'card', 'deck', 'jql', 'idempotencyKey', 'reason'].map((name) => [name, x]),
  ),
  ...Object.fromEntries(Object.keys(notFound).map((name) => [name, x])),
  customDeck: many(31, (index) => ({ label: String(index), value: index, kind: 'NUMBER' })),
  tracks: many(7, (index) => ({ id: `t${index}` })),
  settings: { autoRevealSeconds: 1_000_000 },
  topics: many(1_001, (index) => `Topic ${index}`),
  keys: many(1_001, (index) => `SHOP-${index}`),
  itemIds: many(1_001, String),
  timerSeconds: 1_000_000,
  estimate: 1e9,
  estimates: [{ track: 'estimate', value: 1e9 }],
};
const oversizedCodes: Codes = {
  ...notFound,
  customDeck: 'INVALID_DECK',
  deck: 'UNKNOWN_DECK',
  card: 'CARD_NOT_IN_DECK',
  topics: 'TOO_MANY_ITEMS',
  keys: 'TOO_MANY_ITEMS',
  itemIds: 'TOO_MANY_ITEMS',
};

/** What an argument means something with. */
const companions: Readonly<Record<string, Given>> = { 'retryWriteBacks track': { roundId: 'nope' } };

/** Of which argument only one may be given. */
const alternatives: Readonly<Record<string, string>> = { jql: 'keys', customDeck: 'deck', estimates: 'estimate' };

describe('the mutation', () => {
  let world: VotingWorld;
  /** Another replica's, where there may be one. */
  let store: VotingStore;
  let table: Table;
  /** A round that is revealed, to be settled; and one of another session. */
  let revealed: Table & { readonly roundId: string };
  let foreign: Table & { readonly roundId: string };
  let closed: Table & { readonly roundId: string };
  let open: Table & { readonly roundId: string };

  beforeAll(async () => {
    world = await startVotingWorld();
    if (hasReplicas) store = await world.openStore();
    const play = async () => {
      table = await setTable(world);
      return { ...table, roundId: await openRound(world, table) };
    };
    [open, foreign, revealed, closed] = [await play(), await play(), await play(), await play()];
    await world.get('mutation ($id: ID!) { revealRound(roundId: $id) { id } }', { id: revealed.roundId }, revealed.facilitator);
    await world.get('mutation { closeSession { id } }', {}, closed.facilitator);
  });
  afterAll(async () => {
    await store?.close();
    await world?.stop();
  });

  /** The table whose state suits a mutation. */
  const tableFor = ({ name }: Mutation) => (name === 'settleRound' || name === 'startRound' ? revealed : open);
  /** Who may send it: whoever joins has no token yet. */
  const senderAt = (at: Table, { name }: Mutation) => (name === 'joinSession' || name === 'askToJoin' ? undefined : at.facilitator);
  /** What would be good input for a mutation at this table. */
  const goodFor = (mutation: Mutation, at: Table & { readonly roundId: string }): Given => {
    const good: Given = {
      title: 'T',
      name: 'A',
      topic: 'x',
      topics: ['x'],
      keys: ['SHOP-1'],
      card: '5',
      to: 0,
      estimate: 5,
      decision: 'KEEP',
      reaction: 'AGREE',
      inviteCode: at.inviteCode,
      sessionId: at.sessionId,
      roundId: at.roundId,
      itemId: at.itemIds[1],
      itemIds: [...at.itemIds].reverse(),
      participantId: at.estimatorId,
      id: 'nope',
      secret: 'nope',
      refreshSecret: 'nope',
    };
    const needed = mutation.args.filter(
      (argument) => isRequiredArgument(argument) || argument.name === 'keys' || argument.name === 'estimate',
    );
    return Object.fromEntries(needed.map(({ name }) => [name, good[name]]));
  };

  /** The codes of a mutation's errors; `raw` is GraphQL as it stands. */
  const codesOf = async (mutation: Mutation, given: Given, token: string | undefined, raw: Readonly<Record<string, string>> = {}) => {
    const literals = mutation.args.flatMap(({ name, type }) => {
      if (raw[name] !== undefined) return [`${name}: ${raw[name]}`];
      const literal = given[name] === undefined ? undefined : astFromValue(given[name], type);
      return literal == null ? [] : [`${name}: ${print(literal)}`];
    });
    const fields = `${mutation.name}${literals.length === 0 ? '' : `(${literals.join(', ')})`} ${isLeafType(getNamedType(mutation.type)) ? '' : ' { __typename }'}`;
    const { errors = [] } = await world.ask(`mutation { ${fields} }`, {}, token);
    for (const { extensions } of errors)
      if (/^INVALID_(?:INPUT|DECK)$/.test(String(extensions['code']))) expect(Object.keys(inputReasons)).toContain(extensions['reason']);
    return errors.length === 0 ? ['none'] : errors.map(({ extensions }) => extensions['code']);
  };
  const readRevisions = async (): Promise<ReadonlyMap<string, number>> => {
    const all = [open, foreign, revealed, closed];
    // Asked of the service, they were two thirds of all work here.
    if (hasReplicas) return store.findRevisions(all.map(({ sessionId }) => sessionId));
    const read = 'query ($sessionId: ID!) { session(id: $sessionId) { revision } }';
    const answers = await Promise.all(all.map((at) => world.get(read, at, at.facilitator)));
    return new Map(answers.map(({ session }, index) => [all[index]?.sessionId ?? '', session.revision]));
  };
  /** What the test before this one has left: to read it again was half of all requests. Unknown after a change on purpose, or a failure. */
  let left: ReadonlyMap<string, number> | undefined;
  const nothingChanges = async (act: () => Promise<void>) => {
    const before = left ?? (await readRevisions());
    left = undefined;
    await act();
    const after = await readRevisions();
    expect(after).toEqual(before);
    left = after;
  };
  /** Those who have no token yet. */
  const isEntrance = (name: string) =>
    ['createSession', 'joinSession', 'askToJoin', 'stopWaiting', 'useDeviceLink', 'openReport'].includes(name);
  const without = (given: Given, name: string) => Object.fromEntries(Object.entries(given).filter(([each]) => each !== name));

  it.each(withArgument(isRequiredArgument))('%s refuses a missing %s', (_mutation, name, mutation) =>
    nothingChanges(async () => {
      expect(await codesOf(mutation, without(goodFor(mutation, open), name), open.facilitator)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    }),
  );

  it.each(withArgument(() => true))('%s refuses a %s of a wrong type', (_mutation, name, mutation) =>
    nothingChanges(async () => {
      const type = getNamedType(mutation.args.find((argument) => argument.name === name)?.type);
      const raw = { [name]: isInputObjectType(type) ? '7' : '{ wrong: true }' };
      const codes = await codesOf(mutation, goodFor(mutation, open), open.facilitator, raw);
      expect(new Set(codes)).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
    }),
  );

  it.each(withArgument(({ name }) => name in notFound))('%s refuses an unknown %s', (_mutation, name, mutation) =>
    nothingChanges(async () => {
      const at = tableFor(mutation);
      const given = { ...goodFor(mutation, at), ...companions[`${mutation.name} ${name}`], [name]: name === 'itemIds' ? ['nope'] : 'nope' };
      expect(await codesOf(mutation, given, at.facilitator)).toEqual([codeFor(notFound, mutation.name, name)]);
    }),
  );

  it.each(withArgument(({ name }) => name in notFound && name !== 'inviteCode' && name !== 'track'))(
    "%s refuses another session's %s",
    (_mutation, name, mutation) =>
      nothingChanges(async () => {
        const theirs: Given = {
          ...foreign,
          itemId: foreign.itemIds[1],
          participantId: foreign.estimatorId,
          participantIds: [foreign.estimatorId],
        };
        const code = name === 'sessionId' ? 'NOT_A_PARTICIPANT' : codeFor(notFound, mutation.name, name);
        const at = tableFor(mutation);
        expect(await codesOf(mutation, { ...goodFor(mutation, at), [name]: theirs[name] }, at.facilitator)).toEqual([code]);
      }),
  );

  it.each(called.filter(([, { name }]) => !isEntrance(name)))('%s refuses who has no token, or a forged one', (_name, mutation) =>
    nothingChanges(async () => {
      expect(await codesOf(mutation, goodFor(mutation, open), undefined)).toEqual(['UNAUTHENTICATED']);
      expect(await codesOf(mutation, goodFor(mutation, open), 'eyJhbGciOiJub25lIn0.e30.')).toEqual(['TOKEN_INVALID']);
    }),
  );

  const isOnesOwn = ['leaveSession', 'updateMe', 'removeName'];
  const leading = withArgument(({ name }) => name === 'expectedRevision').filter(([name]) => !isOnesOwn.includes(name));
  it.each(leading)('%s (it takes an %s) is for facilitators', (_name, _argument, mutation) =>
    nothingChanges(async () => {
      expect(await codesOf(mutation, goodFor(mutation, open), open.estimator)).toEqual(['NOT_A_FACILITATOR']);
    }),
  );

  it.each(withArgument(({ name }) => name === 'expectedRevision'))('%s refuses an outdated %s', (_name, argument, mutation) =>
    nothingChanges(async () => {
      expect(await codesOf(mutation, { ...goodFor(mutation, open), [argument]: 1 }, open.facilitator)).toEqual(['SESSION_CHANGED']);
    }),
  );

  it.each(withArgument(({ name }) => name in oversized))('%s refuses an oversized %s', (_name, argument, mutation) =>
    nothingChanges(async () => {
      const at = tableFor(mutation);
      const good = { ...without(goodFor(mutation, at), alternatives[argument] ?? ''), ...companions[`${mutation.name} ${argument}`] };
      expect(await codesOf(mutation, { ...good, [argument]: oversized[argument] }, senderAt(at, mutation))).toEqual([
        codeFor(oversizedCodes, mutation.name, argument) || 'INVALID_INPUT',
      ]);
    }),
  );

  const keyed = called.filter(([, { args }]) => args.some(({ name }) => name === 'idempotencyKey'));

  /** Keeps a request of a mutation, as if another replica had run it. */
  const remember = async (mutation: string) => {
    left = undefined;
    const basis = (await store.load(open.sessionId)) ?? expect.unreachable();
    const actorId = ['joinSession', 'askToJoin'].includes(mutation) ? 'anonymous' : (basis.participants[0]?.id ?? '');
    const request = requestOf(actorId, mutation, { idempotencyKey: randomUUID() });
    const event = { type: 'SESSION_UPDATED' as const, at: new Date(), actorId: null };
    expect(await store.commit({ basis, change: { event }, request })).toMatchObject({ kind: 'committed' });
    return request.idempotencyKey;
  };

  it.skipIf(!hasReplicas).each(keyed.filter(([name]) => name !== 'createSession'))(
    '%s remembers its requests under its own name',
    async (name, mutation) => {
      const idempotencyKey = await remember(name);
      await nothingChanges(async () => {
        const given = { ...goodFor(mutation, open), idempotencyKey };
        expect(await codesOf(mutation, given, senderAt(open, mutation))).toEqual(['REQUEST_ID_REUSED']);
      });
    },
  );

  it.skipIf(!hasReplicas)('createSession remembers its requests under its own name', async () => {
    const create = 'mutation ($key: ID) { createSession(title: "T", name: "A", idempotencyKey: $key) { session { id } } }';
    const key = randomUUID();
    const { createSession } = await world.get(create, { key });
    const stored = await store.exportSession(createSession.session.id);
    expect(stored?.requests).toMatchObject([{ mutation: 'createSession', idempotencyKey: key }]);
  });

  const aliased = keyed.filter(([, { args }]) => args.some(({ name }) => name === 'requestId'));
  it.skipIf(!hasReplicas).each(aliased)('%s takes requestId for idempotencyKey, and refuses two that differ', async (name, mutation) => {
    const good = goodFor(mutation, open);
    const sender = senderAt(open, mutation);
    const idempotencyKey = await remember(name);
    await nothingChanges(async () => {
      if (name !== 'createSession') {
        expect(await codesOf(mutation, { ...good, requestId: idempotencyKey }, sender)).toEqual(['REQUEST_ID_REUSED']);
        expect(await codesOf(mutation, { ...good, requestId: idempotencyKey, idempotencyKey }, sender)).toEqual(['REQUEST_ID_REUSED']);
      }
      expect(await codesOf(mutation, { ...good, idempotencyKey, requestId: randomUUID() }, sender)).toEqual(['BAD_USER_INPUT']);
    });
  });

  it('createSession gives the same session to the same key, under whichever name', async () => {
    const create = (name: string) => `mutation ($key: ID) { createSession(title: "T", name: "A", ${name}: $key) { session { id } } }`;
    const key = randomUUID();
    expect(await world.get(create('requestId'), { key })).toEqual(await world.get(create('idempotencyKey'), { key }));
  });

  // A closed session is read, left and taken care of; what was settled in it still goes to Jira.
  const goesOnWhenClosed = [
    'signOutEverywhere',
    'stopWaiting',
    'createDeviceLink',
    'useDeviceLink',
    'createReportLink',
    'revokeReportLink',
    'openReport',
    'removeName',
    'deleteSession',
    'noteDecision',
    ...['createSession', 'refreshToken', 'leaveSession', 'imHere', 'closeSession', 'reopenSession'],
    ...['removeParticipant', 'grantFacilitation', 'revokeFacilitation', 'resolveConflict', 'retryWriteBacks', 'syncSession'],
  ];
  it.each(called.filter(([name]) => !goesOnWhenClosed.includes(name)))('%s refuses a closed session', (_name, mutation) =>
    nothingChanges(async () => {
      const code = mutation.name === 'cancelReveal' ? 'ROUND_NOT_OPEN' : 'SESSION_CLOSED';
      expect(await codesOf(mutation, goodFor(mutation, closed), senderAt(closed, mutation))).toEqual([code]);
    }),
  );
});
