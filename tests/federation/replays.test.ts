import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storyPoints } from '../../subgraphs/jira/simulator/site.ts';
import { ask, codeOf, type Loose, send, waitFor } from './client.ts';
import { join, openSession, type PlayedSession } from './session.ts';
import { availableStorages, startWorld, type World } from './world.ts';

// "Every mutation is idempotent under a client's idempotencyKey": the second time has no effect, and is answered as the first was.

describe.each(availableStorages)('a retry, with %s', (storage) => {
  let world: World;
  let session: PlayedSession;
  beforeAll(async () => {
    world = await startWorld({}, storage);
  });
  afterAll(() => world?.stop());

  const readRevision = async () =>
    (await ask(world.url, 'query ($id: ID!) { session(id: $id) { revision } }', session, session.robin)).session.revision;

  /** Sends a mutation of the session; its answer. */
  const mutate = async (field: string, given: object = {}, token = session.robin): Promise<Loose> =>
    (await ask(world.url, toMutation(field), { sessionId: session.id, ...given }, token)).answer;

  /** Sends it twice with one idempotencyKey; checks that nothing happened the second time and that the answers are equal. */
  const repeat = async (field: string, given: object = {}, token = session.robin): Promise<Loose> => {
    const idempotencyKey = randomUUID();
    const first = await mutate(field, { ...given, idempotencyKey }, token);
    const before = await readRevision();
    expect(await mutate(field, { ...given, idempotencyKey }, token)).toEqual(first);
    expect(await readRevision()).toBe(before);
    return first;
  };

  it('of createSession and joinSession is the same participant of the same session, with a token that works', async () => {
    const idempotencyKey = randomUUID();
    const create = `mutation ($idempotencyKey: ID!) { createSession(title: "T", name: "Robin", idempotencyKey: $idempotencyKey) { token participant { id } session { id inviteCode } } }`;
    const enter = `mutation ($inviteCode: String!, $idempotencyKey: ID!) { joinSession(inviteCode: $inviteCode, name: "Ada", idempotencyKey: $idempotencyKey) { token participant { id } } }`;
    const created = await Promise.all([1, 2].map(async () => (await ask(world.url, create, { idempotencyKey })).createSession));
    const { inviteCode } = created[0].session;
    const joined = await Promise.all([1, 2].map(async () => (await ask(world.url, enter, { inviteCode, idempotencyKey })).joinSession));
    for (const [one, other] of [created, joined]) {
      expect(other.participant).toEqual(one.participant);
      expect((await ask(world.url, '{ me { id } }', {}, other.token)).me).toEqual(one.participant);
    }
    const { participants } = (
      await ask(world.url, 'query ($id: ID!) { session(id: $id) { participants { name } } }', created[0].session, created[0].token)
    ).session;
    expect(participants).toEqual([{ name: 'Robin' }, { name: 'Ada' }]);
  });

  it('of addIssues tells again what was added, doubled and unknown, without asking Jira', async () => {
    session = await openSession(world.url, { keys: ['SHOP-20'] });
    const field = `answer: addIssues(sessionId: $sessionId, keys: $keys, idempotencyKey: $idempotencyKey) { added { id issue { key } } duplicates notFound }`;
    const given = { keys: ['SHOP-21', 'SHOP-20', 'SHOP-99999', 'SHOP-22'], idempotencyKey: randomUUID() };
    const first = await mutate(field, given);
    expect(first).toMatchObject({
      added: [{ issue: { key: 'SHOP-21' } }, { issue: { key: 'SHOP-22' } }],
      duplicates: ['SHOP-20'],
      notFound: ['SHOP-99999'],
    });
    const before = await readRevision();
    await world.stopJira();
    try {
      expect(await mutate(field, given)).toEqual(first);
    } finally {
      await world.restartJira();
    }
    expect(await readRevision()).toBe(before);
    const other = send(world.url, toMutation(field), { sessionId: session.id, ...given, keys: ['SHOP-23'] }, session.robin);
    expect(await codeOf(other)).toBe('REQUEST_ID_REUSED');
  });

  it('of any mutation of the queue has no second effect and the same answer', async () => {
    session = await openSession(world.url);
    const { added } = await repeat(
      `answer: addTopics(sessionId: $sessionId, topics: ["One", "Two", "Three"], idempotencyKey: $idempotencyKey) { added { id topic } }`,
    );
    expect(added.map(({ topic }: Loose) => topic)).toEqual(['One', 'Two', 'Three']);
    const [one, two, three] = added.map(({ id }: Loose) => id);
    const item = '(itemId: $itemId, idempotencyKey: $idempotencyKey) { id state }';
    await repeat('answer: editTopic(itemId: $itemId, topic: "Uno", idempotencyKey: $idempotencyKey) { topic }', { itemId: one });
    await repeat('answer: moveItem(itemId: $itemId, to: 2, idempotencyKey: $idempotencyKey) { items { id } }', { itemId: one });
    await repeat('answer: reorderItems(sessionId: $sessionId, itemIds: $itemIds, idempotencyKey: $idempotencyKey) { items { id } }', {
      itemIds: [three, two, one],
    });
    await repeat(`answer: skipItem${item}`, { itemId: one });
    await repeat(`answer: reopenItem${item}`, { itemId: one });
    await repeat(`answer: deferItem${item}`, { itemId: two });
    await repeat('answer: removeItem(itemId: $itemId, idempotencyKey: $idempotencyKey) { items { id } }', { itemId: three });
  });

  it('of any mutation of rounds has no second effect; startRound tells of the round that it opened', async () => {
    session = await openSession(world.url);
    await mutate('answer: addTopics(sessionId: $sessionId, topics: ["One"]) { added { id } }');
    const start = 'answer: startRound(sessionId: $sessionId, idempotencyKey: $idempotencyKey) { id }';
    const startId = randomUUID();
    const { id: first } = await mutate(start, { idempotencyKey: startId });
    await repeat('answer: abandonRound(roundId: $roundId, idempotencyKey: $idempotencyKey) { id state }', { roundId: first });
    const { id: roundId } = await repeat(start);
    expect(await mutate(start, { idempotencyKey: startId })).toEqual({ id: first });
    const round = '(roundId: $roundId, idempotencyKey: $idempotencyKey) { id state votedCount estimates { value } }';
    await repeat(
      'answer: castVote(roundId: $roundId, card: "5", idempotencyKey: $idempotencyKey) { id votedCount }',
      { roundId },
      session.ada,
    );
    await repeat(`answer: retractVote${round}`, { roundId }, session.ada);
    await repeat(`answer: cancelReveal${round}`, { roundId });
    await repeat(`answer: revealRound${round}`, { roundId });
    await repeat('answer: settleRound(roundId: $roundId, estimate: 5, idempotencyKey: $idempotencyKey) { id state estimates { value } }', {
      roundId,
    });
  });

  it('of a decision about write-backs has no second effect, and does not say that there is nothing to decide any more', async () => {
    session = await openSession(world.url, { keys: ['SHOP-30'] });
    world.simulator.world.byKey.get('SHOP-30')?.numbers.set(storyPoints, 13);
    const { id: roundId } = await mutate('answer: startRound(sessionId: $sessionId) { id }');
    await mutate('answer: revealRound(roundId: $roundId) { id }', { roundId });
    await mutate('answer: settleRound(roundId: $roundId, estimate: 2) { id }', { roundId });
    const read = 'query ($id: ID!) { session(id: $id) { writeBacks { state } } }';
    const readStates = async () => (await ask(world.url, read, session, session.robin)).session.writeBacks;
    expect(await waitFor(readStates, ([{ state }]) => state === 'CONFLICT')).toEqual([{ state: 'CONFLICT' }]);
    const written = 'estimates { value writeBack { state reasonCode valueInJira } }';
    const { estimates } = await repeat(
      `answer: resolveConflict(roundId: $roundId, decision: KEEP, idempotencyKey: $idempotencyKey) { id ${written} }`,
      { roundId },
    );
    expect(estimates).toEqual([{ value: 2, writeBack: { state: 'NOT_NEEDED', reasonCode: 'VALUE_KEPT', valueInJira: 13 } }]);
    await repeat('answer: retryWriteBacks(sessionId: $sessionId, idempotencyKey: $idempotencyKey) { id }');
    await repeat('answer: syncSession(sessionId: $sessionId, idempotencyKey: $idempotencyKey) { id }');
  });

  it('of any mutation of the session has no second effect', async () => {
    session = await openSession(world.url);
    const { id: participantId } = (await ask(world.url, '{ me { id } }', {}, session.ada)).me;
    const named = '(participantId: $participantId, idempotencyKey: $idempotencyKey) { facilitators { id } participants { id isPresent } }';
    await repeat('answer: updateMe(name: "Ada L.", idempotencyKey: $idempotencyKey) { name }', {}, session.ada);
    await repeat('answer: updateSession(title: "Renamed", idempotencyKey: $idempotencyKey) { title }');
    const { inviteCode } = await repeat('answer: rotateInviteCode(idempotencyKey: $idempotencyKey) { inviteCode }');
    expect(inviteCode).not.toBe(session.inviteCode);
    await repeat(`answer: grantFacilitation${named}`, { participantId });
    await repeat(`answer: revokeFacilitation${named}`, { participantId });
    await repeat('answer: closeSession(idempotencyKey: $idempotencyKey) { state }');
    await repeat('answer: reopenSession(idempotencyKey: $idempotencyKey) { state }');
    await repeat(`answer: removeParticipant${named}`, { participantId });
  });

  it('opens no way back to who was removed, or has left', async () => {
    session = await openSession(world.url);
    const given = { sessionId: session.id, idempotencyKey: randomUUID() };
    const rename = toMutation('answer: updateMe(name: "Ada L.", idempotencyKey: $idempotencyKey) { name }');
    await ask(world.url, rename, given, session.ada);
    const { id: participantId } = (await ask(world.url, '{ me { id } }', {}, session.ada)).me;
    await mutate('answer: removeParticipant(participantId: $participantId) { id }', { participantId });
    expect(await codeOf(send(world.url, rename, given, session.ada))).toBe('NOT_A_PARTICIPANT');
    const leave = toMutation('answer: leaveSession(idempotencyKey: $idempotencyKey) { id participants { name } }');
    await ask(world.url, leave, given, session.grace);
    await join(world.url, session.inviteCode, 'Somebody new');
    expect(await codeOf(send(world.url, leave, given, session.grace))).toBe('NOT_A_PARTICIPANT');
  });
});

const types: Readonly<Record<string, string>> = {
  sessionId: 'ID!',
  idempotencyKey: 'ID',
  keys: '[ID!]',
  itemId: 'ID!',
  itemIds: '[ID!]!',
  roundId: 'ID!',
  participantId: 'ID!',
};

/** A mutation with its variables declared. */
function toMutation(field: string): string {
  const used = Object.entries(types).filter(([name]) => new RegExp(`\\$${name}\\b`).test(field));
  return `mutation ${used.length === 0 ? '' : `(${used.map(([name, type]) => `$${name}: ${type}`).join(', ')})`} { ${field} }`;
}
