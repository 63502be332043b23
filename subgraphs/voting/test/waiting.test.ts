import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provisions } from '../src/store/testing/provisions.ts';
import { storeKinds } from '../src/stores.ts';
import { startVotingWorld, type VotingWorld } from './world.ts';

const admission = '{ token refreshSecret participant { id name isFacilitator } session { id inviteCode } }';
const ask = `mutation ($code: String!, $name: String!, $key: ID) {
  askToJoin(inviteCode: $code, name: $name, idempotencyKey: $key) { refreshSecret place { sessionId title state isWaiting } }
}`;
const join = `mutation ($code: String!, $name: String!) { joinSession(inviteCode: $code, name: $name) ${admission} }`;
const refresh = `mutation ($secret: String!, $key: String) { refreshToken(refreshSecret: $secret, rotationKey: $key) ${admission} }`;
const places = 'query ($secrets: [String!]!) { places(refreshSecrets: $secrets) { sessionId title state isWaiting } }';
const admit = 'mutation ($ids: [ID!]) { admitWaiting(participantIds: $ids) { waiting { id } } }';
const decline = 'mutation ($ids: [ID!]) { declineWaiting(participantIds: $ids) { waiting { id } } }';
const room = 'query ($id: ID!) { session(id: $id) { revision waiting { id name role isSignedIn askedAt } participants { name } } }';

const all = storeKinds.filter((kind) => provisions[kind].isAvailable);

describe.each(all)('the waiting room, in %s', (storage) => {
  let world: VotingWorld;
  beforeAll(async () => {
    world = await startVotingWorld({}, { storage });
  });
  afterAll(() => world?.stop());

  const codeOf = async (query: string, variables: object, token?: string) =>
    (await world.ask(query, variables, token)).errors?.[0]?.extensions['code'];

  async function open(settings = '{ joinByApproval: true }') {
    const query = `mutation { createSession(title: "Sprint 12", name: "Ann", settings: ${settings}) ${admission} }`;
    const { createSession } = await world.get(query);
    return {
      token: createSession.token as string,
      id: createSession.session.id as string,
      code: createSession.session.inviteCode as string,
    };
  }
  const knock = async (code: string, name: string): Promise<string> => (await world.get(ask, { code, name })).askToJoin.refreshSecret;
  const look = async (...secrets: readonly string[]) => (await world.get(places, { secrets })).places;

  it('who asks waits, is seen by those inside, and comes in when a facilitator says so', async () => {
    const { token, id, code } = await open();
    expect((await world.get('query ($code: String!) { invitation(inviteCode: $code) { needsApproval } }', { code })).invitation).toEqual({
      needsApproval: true,
    });
    expect(await codeOf(join, { code, name: 'Bob' })).toBe('APPROVAL_REQUIRED');
    const { askToJoin } = await world.get(ask, { code, name: 'Ann' });
    const here = { sessionId: id, title: 'Sprint 12', state: 'OPEN' };
    expect(askToJoin.place).toEqual({ ...here, isWaiting: true });
    expect(await look(askToJoin.refreshSecret)).toEqual([{ ...here, isWaiting: true }]);
    const { session } = await world.get(room, { id }, token);
    expect(session.waiting).toEqual([
      { id: expect.any(String), name: 'Ann (2)', role: 'ESTIMATOR', isSignedIn: false, askedAt: expect.stringMatching(/^20.*Z$/u) },
    ]);
    expect(session.participants).toEqual([{ name: 'Ann' }]);
    const own = session.waiting[0].id;
    expect((await world.get(admit, { ids: [own] }, token)).admitWaiting).toEqual({ waiting: [] });
    expect(await look(askToJoin.refreshSecret)).toEqual([{ ...here, isWaiting: false }]);
    const key = randomUUID();
    const { refreshToken } = await world.get(refresh, { secret: askToJoin.refreshSecret, key });
    expect(refreshToken.participant).toEqual({ id: own, name: 'Ann (2)', isFacilitator: false });
    // An answer that was lost is asked for again.
    expect((await world.get(refresh, { secret: askToJoin.refreshSecret, key })).refreshToken.refreshSecret).toBe(
      refreshToken.refreshSecret,
    );
    expect((await world.get(room, { id }, refreshToken.token)).session.participants).toEqual([{ name: 'Ann' }, { name: 'Ann (2)' }]);
  });

  it('a waiting secret opens nothing else, and asking for a token with it uses up nothing', async () => {
    const { token, id, code } = await open();
    const secret = await knock(code, 'Bob');
    for (let turn = 0; turn < 3; turn += 1) expect(await codeOf(refresh, { secret })).toBe('APPROVAL_PENDING');
    expect(await codeOf('{ me { id } }', {}, secret)).toBe('TOKEN_INVALID');
    expect(await codeOf('mutation ($secret: String!) { useDeviceLink(secret: $secret) { token } }', { secret })).toBe('LINK_NOT_FOUND');
    expect(await codeOf('mutation ($secret: String!) { openReport(secret: $secret) { token } }', { secret })).toBe('LINK_NOT_FOUND');
    expect(await look(secret, `${secret.slice(0, -1)}x`, 'nothing', '')).toEqual([
      { sessionId: id, title: 'Sprint 12', state: 'OPEN', isWaiting: true },
      null,
      null,
      null,
    ]);
    await world.get(admit, {}, token);
    expect((await world.get(refresh, { secret })).refreshToken.participant.name).toBe('Bob');
  });

  it('who was sent away, gave up, or whose session was closed has no place, and may ask again', async () => {
    const { token, id, code } = await open();
    const [bob, cy, dee] = [await knock(code, 'Bob'), await knock(code, 'Cy'), await knock(code, 'Dee')];
    const { session } = await world.get(room, { id }, token);
    await world.get(decline, { ids: [session.waiting[0].id] }, token);
    const stop = 'mutation ($secret: String!) { stopWaiting(refreshSecret: $secret) }';
    expect((await world.get(stop, { secret: cy })).stopWaiting).toBe(true);
    expect((await world.get(stop, { secret: cy })).stopWaiting).toBe(false);
    expect((await look(bob, cy, dee)).map((place: { isWaiting: boolean } | null) => place?.isWaiting)).toEqual([
      undefined,
      undefined,
      true,
    ]);
    for (const secret of [bob, cy]) expect(await codeOf(refresh, { secret })).toBe('TOKEN_INVALID');
    await world.get('mutation { closeSession { id } }', {}, token);
    expect(await look(dee)).toEqual([null]);
    expect(await codeOf(refresh, { secret: dee })).toBe('NOT_A_PARTICIPANT');
    await world.get('mutation { reopenSession { id } }', {}, token);
    expect(await look(await knock(code, 'Bob'))).toEqual([expect.objectContaining({ isWaiting: true })]);
  });

  it('giving up after being let in leaves one in', async () => {
    const { token, code } = await open();
    const secret = await knock(code, 'Bob');
    await world.get(admit, {}, token);
    expect((await world.get('mutation ($secret: String!) { stopWaiting(refreshSecret: $secret) }', { secret })).stopWaiting).toBe(false);
    expect((await world.get(refresh, { secret })).refreshToken.participant.name).toBe('Bob');
  });

  it('only facilitators decide, and who is there already is not asked', async () => {
    const { token, id, code } = await open('{}');
    const { joinSession: bob } = await world.get(join, { code, name: 'Bob' });
    await world.get('mutation { updateSession(settings: { joinByApproval: true }) { id } }', {}, token);
    const secret = await knock(code, 'Cy');
    for (const query of [admit, decline]) {
      expect(await codeOf(query, {}, bob.token)).toBe('NOT_A_FACILITATOR');
      expect(await codeOf(query, {})).toBe('UNAUTHENTICATED');
      expect(await codeOf(query, { ids: ['nobody'] }, token)).toBe('PARTICIPANT_NOT_FOUND');
    }
    expect((await world.get(join, { code, name: 'Bob' }, bob.token)) ?? {}).toBeTruthy();
    const again = await world.get(join, { code, name: 'Other' }, bob.token);
    expect(again.joinSession.participant.name).toBe('Bob');
    expect((await world.get(refresh, { secret: bob.refreshSecret })).refreshToken.participant.name).toBe('Bob');
    expect(await look(secret)).toEqual([expect.objectContaining({ sessionId: id, isWaiting: true })]);
  });

  it('a retry with the same key waits once', async () => {
    const { token, id, code } = await open();
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => world.get(ask, { code, name: 'Bob', key })));
    expect((await world.get(room, { id }, token)).session.waiting).toHaveLength(1);
    expect((await look(...answers.map(({ askToJoin }) => askToJoin.refreshSecret))).every(Boolean)).toBe(true);
    expect(await codeOf(ask, { code, name: 'Bob', key: '1'.repeat(32) })).toBe('INVALID_INPUT');
  });

  it('50 wait at most, however many ask at once', async () => {
    const { token, id, code } = await open();
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => world.ask(ask, { code, name: `Bot ${index}` })));
    const codes = answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions['code']));
    expect(new Set(codes)).toEqual(new Set(['WAITING_ROOM_FULL']));
    expect((await world.get(room, { id }, token)).session.waiting).toHaveLength(50);
    expect((await world.get(decline, {}, token)).declineWaiting.waiting).toEqual([]);
    expect(await look(await knock(code, 'Bob'))).toEqual([expect.objectContaining({ isWaiting: true })]);
  });

  it('a list of 100 000 ids or secrets is refused before anything is looked up', async () => {
    const { token } = await open();
    const ids = Array.from({ length: 100_000 }, (_, index) => `p${index}`);
    for (const query of [admit, decline]) expect(await codeOf(query, { ids }, token)).toBe('INVALID_INPUT');
    expect(await codeOf(places, { secrets: ids })).toBe('INVALID_INPUT');
  });

  it('those who follow the session see who comes and goes, and nobody follows by waiting', async () => {
    const { token, id, code } = await open();
    const query =
      'subscription ($id: ID!) { sessionChanges(sessionId: $id) { changes { ... on SessionChanged { session { waiting { name } } } } } }';
    const stream = world.subscribe(query, { id }, token);
    // It begins with who is online.
    await stream.next();
    const secret = await knock(code, 'Bob');
    for (;;) {
      const { value } = await stream.next();
      const [change] = value.data.sessionChanges.changes;
      if (change?.session?.waiting.length !== 1) continue;
      expect(change.session.waiting).toEqual([{ name: 'Bob' }]);
      break;
    }
    await stream.return?.();
    const refused = await world
      .subscribe(query, { id }, secret)
      .next()
      .catch((error: unknown) => error);
    expect(JSON.stringify(refused)).toContain('TOKEN_INVALID');
  });
});

describe('when very many come at once', () => {
  let world: VotingWorld;
  beforeAll(async () => {
    world = await startVotingWorld({ SESSION_JOIN_RATE: '10' });
  });
  afterAll(() => world?.stop());

  it('from however many addresses, the first ones are in, the others wait, and nobody is refused', async () => {
    const { createSession } = await world.get(`mutation { createSession(title: "T", name: "Ann") ${admission} }`);
    const code = createSession.session.inviteCode;
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => world.ask(join, { code, name: `Bot ${index}` })));
    const codes = answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions['code']));
    expect(codes).toEqual(Array(21).fill('APPROVAL_REQUIRED'));
    const { askToJoin } = await world.get(ask, { code, name: 'A colleague' });
    expect(askToJoin.place.isWaiting).toBe(true);
    await world.get(admit, {}, createSession.token);
    expect((await world.get(refresh, { secret: askToJoin.refreshSecret })).refreshToken.participant.name).toBe('A colleague');
  });
});
