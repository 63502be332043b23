import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRound, setTable, startVotingWorld, storages, type Table, type VotingWorld } from './world.ts';

const changesOf = `subscription ($sessionId: ID!, $after: Int) { sessionChanges(sessionId: $sessionId, after: $after) {
  revision changes { __typename ... on VoteChanged { participantId hasVoted } ... on RoundChanged { round { votes { participant { id } } } } } } }`;
const eventsOf = `subscription ($sessionId: ID!, $after: Int) { sessionEvents(sessionId: $sessionId, after: $after) {
  revision type actor { id } participant { id } } }`;

interface VoteChanged {
  readonly participantId: string;
  readonly hasVoted: boolean;
}

describe.each(storages)('who voted in which order, and who changed their mind, is told nowhere on $storage:', ({ storage }) => {
  let world: VotingWorld;
  let table: Table;
  let ids: Readonly<Record<'facilitator' | 'estimator', string>>;
  beforeAll(async () => {
    world = await startVotingWorld({}, { storage });
  });
  afterAll(() => world?.stop());

  const revisionOf = async (): Promise<number> =>
    (await world.get('query ($sessionId: ID!) { session(id: $sessionId) { revision } }', table, table.facilitator)).session.revision;
  const cast = (roundId: string, card: string, voter: 'facilitator' | 'estimator') =>
    world.get(
      'mutation ($roundId: ID!, $card: String!) { castVote(roundId: $roundId, card: $card) { id } }',
      { roundId, card },
      table[voter],
    );

  /** Every payload of a stream from a cursor up to a revision. */
  async function replay(after: number, until: number): Promise<readonly VoteChanged[]> {
    const stream = world.subscribe(changesOf, { ...table, after }, table.spectator);
    const votes: VoteChanged[] = [];
    for (let revision = after; revision < until; ) {
      const { sessionChanges } = (await stream.next()).value.data;
      revision = sessionChanges.revision ?? revision;
      votes.push(...sessionChanges.changes.filter(({ __typename }: { __typename: string }) => __typename === 'VoteChanged'));
    }
    await stream.return?.();
    return votes.map(({ participantId, hasVoted }) => ({ participantId, hasVoted }));
  }

  async function play(order: readonly ('facilitator' | 'estimator')[]): Promise<{ readonly roundId: string; readonly started: number }> {
    table = await setTable(world);
    const who = async (token: string): Promise<string> => (await world.get('{ me { id } }', {}, token)).me.id;
    ids = { facilitator: await who(table.facilitator), estimator: table.estimatorId };
    const roundId = await openRound(world, table);
    const started = await revisionOf();
    for (const [index, voter] of order.entries()) await cast(roundId, String([1, 2, 3, 5, 8][index]), voter);
    return { roundId, started };
  }

  it('a replay from every cursor of an open round that tells of votes tells the same, whoever came first and whoever voted twice', async () => {
    const { started } = await play(['estimator', 'facilitator', 'estimator', 'facilitator', 'facilitator']);
    const until = await revisionOf();
    const all = [ids.facilitator, ids.estimator].sort().map((participantId) => ({ participantId, hasVoted: true }));
    for (let after = started; after < until; after += 1) expect([after, await replay(after, until)]).toEqual([after, all]);
  });

  it('live, a vote is told once, and one that takes its place is no news', async () => {
    const { roundId, started } = await play([]);
    const stream = world.subscribe(changesOf, { ...table, after: started }, table.spectator);
    const votes: unknown[] = [];
    const next = async () => {
      const { value } = await stream.next();
      const { revision, changes } = value.data.sessionChanges;
      if (revision !== null) votes.push(changes);
    };
    await next();
    for (const [card, voter] of [
      ['1', 'estimator'],
      ['2', 'estimator'],
      ['3', 'facilitator'],
      ['5', 'estimator'],
    ] as const) {
      await cast(roundId, card, voter);
      await next();
    }
    await world.get('mutation ($roundId: ID!) { retractVote(roundId: $roundId) { id } }', { roundId }, table.estimator);
    await next();
    await stream.return?.();
    const told = (participantId: string, hasVoted = true) => [{ __typename: 'VoteChanged', participantId, hasVoted }];
    expect(votes.flat()).toEqual([...told(ids.estimator), ...told(ids.facilitator), ...told(ids.estimator, false)]);
  });

  it('after the reveal no replay tells of single votes: the round comes whole, in the roster’s order', async () => {
    for (const order of [['estimator', 'facilitator'] as const, ['facilitator', 'estimator', 'facilitator'] as const]) {
      const { roundId, started } = await play(order);
      await world.get('mutation ($roundId: ID!) { revealRound(roundId: $roundId) { id } }', { roundId }, table.facilitator);
      const until = await revisionOf();
      for (let after = started; after < until; after += 1) {
        expect(await replay(after, until)).toEqual([]);
        const stream = world.subscribe(changesOf, { ...table, after }, table.spectator);
        const payloads = [(await stream.next()).value.data.sessionChanges, (await stream.next()).value.data.sessionChanges];
        const round = payloads
          .flatMap(({ changes }) => changes)
          .find(({ __typename }: { __typename: string }) => __typename === 'RoundChanged');
        expect(round.round.votes.map(({ participant }: { participant: { id: string } }) => participant.id)).toEqual([
          ids.facilitator,
          ids.estimator,
        ]);
        await stream.return?.();
      }
    }
  });

  it('the log of events says that somebody voted, and not who, during the round and ever after', async () => {
    const { roundId, started } = await play(['estimator', 'facilitator', 'estimator']);
    await world.get('mutation ($roundId: ID!) { retractVote(roundId: $roundId) { id } }', { roundId }, table.facilitator);
    // A vote that was replaced has no event of its own any more.
    const read = async () => {
      const stream = world.subscribe(eventsOf, { ...table, after: started }, table.spectator);
      const events: { readonly revision: number; readonly type: string }[] = [];
      while ((events.at(-1)?.revision ?? started) < started + 4) events.push((await stream.next()).value.data.sessionEvents);
      await stream.return?.();
      return events;
    };
    const during = await read();
    const nobody = { actor: null, participant: null };
    expect(during).toEqual(during.map(({ revision, type }) => ({ revision, type, ...nobody })));
    expect(during.at(-1)).toMatchObject({ revision: started + 4, type: 'VOTE_RETRACTED' });
    expect(during.filter(({ type }) => type === 'VOTE_CAST').length).toBeGreaterThan(0);
    await world.get('mutation ($roundId: ID!) { revealRound(roundId: $roundId) { id } }', { roundId }, table.facilitator);
    expect(await read()).toEqual(during);
  });

  it('the last sign of life is told to the minute', async () => {
    await play(['estimator']);
    const { session } = await world.get(
      'query ($sessionId: ID!) { session(id: $sessionId) { participants { lastSeenAt } } }',
      table,
      table.facilitator,
    );
    const seen = session.participants.flatMap(({ lastSeenAt }: { lastSeenAt: string | null }) => lastSeenAt ?? []);
    expect(seen.length).toBeGreaterThan(0);
    for (const at of seen) expect(at).toMatch(/:00\.000Z$/u);
  });
});
