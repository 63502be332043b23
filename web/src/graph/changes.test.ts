import { expect, it } from 'vitest';
import { SessionPageDocument } from '../generated/graph.ts';
import { createCache } from './cache.ts';
import { type Changes, putChanges } from './changes.ts';

const person = (id: string) => ({
  __typename: 'Participant',
  id,
  name: id,
  role: 'ESTIMATOR',
  discipline: null,
  isFacilitator: id === 'ada',
  isSuccessor: false,
  isSignedIn: false,
  avatar: { emoji: '🦊', tint: 0 },
  isPresent: true,
  isOnline: true,
});

const item = (id: string, position: number, rounds: readonly object[] = []) => ({
  __typename: 'SessionItem',
  id,
  position,
  state: 'PENDING',
  topic: id,
  decision: null,
  estimates: [],
  rounds,
});

const round = {
  __typename: 'Round',
  id: 'r1',
  number: 1,
  state: 'OPEN',
  item: { __typename: 'SessionItem', id: 'i1' },
  deck: { __typename: 'Deck', name: 'fibonacci', isNumeric: true, cards: [] },
  roster: [
    { __typename: 'Participant', id: 'ada' },
    { __typename: 'Participant', id: 'bob' },
  ],
  votes: [],
  votedCount: 0,
  results: [],
  estimates: [],
  origin: 'VOTE',
  reason: null,
  settledBy: null,
  openedAt: '2026-01-01T00:00:00.000Z',
  revealsAt: null,
  deadlineAt: null,
  timerLeftSeconds: null,
  revealedAt: null,
  settledAt: null,
};

const own = {
  __typename: 'Session',
  id: 's',
  title: 'Sprint',
  state: 'OPEN',
  inviteCode: 'code',
  deck: { __typename: 'Deck', name: 'fibonacci', isNumeric: true, cards: [] },
  settings: {
    __typename: 'SessionSettings',
    revealedBy: 'EVERYONE',
    autoRevealSeconds: null,
    lateJoin: 'NOW',
    policy: 'MAX',
    writeBack: true,
    successionSeconds: null,
    waitForAway: false,
    atDeadline: 'NOTHING',
    hideEstimates: false,
    commentDecisions: false,
    isLocked: false,
    joinByApproval: false,
  },
  facilitators: [{ __typename: 'Participant', id: 'ada' }],
  waiting: [],
  closedAt: null,
};

const asked = { query: SessionPageDocument, variables: { wholeId: 's', first: 50 } };

const progress = { __typename: 'QueueProgress', itemCount: 3, estimatedCount: 0, next: null };

function open({ hasNextPage = false } = {}) {
  const cache = createCache();
  const session = {
    ...own,
    revision: 5,
    tracks: [],
    participants: [person('ada')],
    queue: { __typename: 'QueuePart', nodes: [item('i1', 1), item('i2', 2), item('i3', 3)], hasNextPage, endCursor: 3 },
    progress,
    currentRound: null,
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  cache.writeQuery({ ...asked, data: { __typename: 'Query', session } as never });
  let isGap = false;
  const put = (revision: number | null, ...changes: readonly object[]) => {
    isGap = putChanges(cache, 's', { __typename: 'SessionChanges', revision, changes } as unknown as Changes);
    const read = cache.readQuery(asked)?.session;
    if (!read) throw new Error('The cache no longer holds the whole session.');
    return read;
  };
  return { cache, put, isGap: () => isGap, held: () => JSON.stringify(cache.extract()).length };
}

const opened = [
  { __typename: 'ItemChanged', item: { ...item('i1', 1), state: 'VOTING' } },
  { __typename: 'RoundChanged', itemId: 'i1', round },
  { __typename: 'SessionChanged', session: { ...own, currentRound: { __typename: 'Round', id: 'r1' } } },
];
const vote = (participantId: string, hasVoted: boolean) => ({
  __typename: 'VoteChanged',
  roundId: 'r1',
  participantId,
  track: 'estimate',
  hasVoted,
});

it('puts newcomers, comings and goings, and the session’s own fields in place', () => {
  const { put } = open();
  expect(put(6, { __typename: 'ParticipantChanged', participant: person('bob') }).participants.map(({ id }) => id)).toEqual(['ada', 'bob']);
  const session = put(null, { __typename: 'PresenceChanged', participantId: 'bob', isOnline: false });
  expect(session).toMatchObject({ revision: 6, participants: [{ isOnline: true }, { isOnline: false }] });
  const changed = { title: 'Renamed', state: 'PAUSED', settings: { ...own.settings, atDeadline: 'REVEAL', hideEstimates: true } };
  expect(put(7, { __typename: 'SessionChanged', session: { ...own, ...changed, currentRound: null } })).toMatchObject({
    ...changed,
    revision: 7,
  });
});

it('keeps the queue in the order of its positions', () => {
  const { put } = open();
  const order = (...changes: readonly object[]) => put(6, ...changes).queue.nodes.map(({ id }) => id);
  expect(order({ __typename: 'ItemMoved', itemId: 'i1', position: 2 }, { __typename: 'ItemMoved', itemId: 'i2', position: 1 })).toEqual([
    'i2',
    'i1',
    'i3',
  ]);
  expect(order({ __typename: 'ItemRemoved', itemId: 'i1' }, { __typename: 'ItemChanged', item: item('i4', 0) })).toEqual([
    'i4',
    'i2',
    'i3',
  ]);
});

it('counts votes once each, and takes none after the reveal', () => {
  const { put } = open();
  put(6, { __typename: 'ParticipantChanged', participant: person('bob') }, ...opened);
  const voters = (...changes: readonly object[]) => {
    const { currentRound } = put(7, ...changes);
    return [currentRound?.votedCount, ...(currentRound?.votes.map(({ participant }) => participant.id) ?? [])];
  };
  expect(voters(vote('ada', true), vote('ada', true))).toEqual([1, 'ada']);
  expect(voters(vote('bob', true))).toEqual([2, 'ada', 'bob']);
  expect(voters(vote('ada', false))).toEqual([1, 'bob']);
  const card = { __typename: 'Card', label: '5', value: 5, kind: 'NUMBER' };
  const votes = [{ __typename: 'Vote', track: 'estimate', participant: { __typename: 'Participant', id: 'bob' }, card, note: null }];
  const revealed = { ...round, state: 'REVEALED', revealedAt: '2026-01-01T00:01:00.000Z', votes, votedCount: 1 };
  put(8, { __typename: 'RoundChanged', itemId: 'i1', round: revealed });
  expect(voters(vote('ada', true))).toEqual([1, 'bob']);
});

it('puts an estimate on its item and its round, a later one in its place', () => {
  const { put } = open();
  put(6, ...opened);
  const estimate = (state: string) => ({
    __typename: 'EstimateChanged',
    itemId: 'i1',
    roundId: 'r1',
    estimate: {
      __typename: 'Estimate',
      track: 'estimate',
      value: 5,
      label: '5',
      writeBack: { __typename: 'WriteBack', state, attempts: 1, reason: null, reasonCode: null, valueInJira: null, writtenAt: null },
    },
  });
  put(7, estimate('PENDING'));
  const session = put(8, estimate('WRITTEN'));
  for (const holder of [session.queue.nodes[0], session.currentRound])
    expect(holder?.estimates).toMatchObject([{ value: 5, writeBack: { state: 'WRITTEN' } }]);
});

it.each([
  ['a new item behind it', [{ __typename: 'ItemChanged', item: item('i9', 9) }], 'i1 i2 i3', false],
  ['an item of it that moves behind it', [{ __typename: 'ItemMoved', itemId: 'i1', position: 7 }], 'i2 i3', false],
  ['an unknown item that moves behind it', [{ __typename: 'ItemMoved', itemId: 'i9', position: 7 }], 'i1 i2 i3', false],
  ['an unknown item that moves into it', [{ __typename: 'ItemMoved', itemId: 'i9', position: 2 }], 'i1 i2 i3', true],
  [
    'a known item that moves into it',
    [
      { __typename: 'ItemChanged', item: item('i9', 9) },
      { __typename: 'ItemMoved', itemId: 'i3', position: 4 },
      { __typename: 'ItemMoved', itemId: 'i9', position: 0 },
    ],
    'i9 i1 i2',
    false,
  ],
  ['an item of it that is removed', [{ __typename: 'ItemRemoved', itemId: 'i2' }], 'i1 i3', false],
])('of a queue whose first part is held, %s leaves what belongs to that part', (_what, changes, left, isGap) => {
  const held = open({ hasNextPage: true });
  const { queue } = held.put(6, ...changes);
  expect(queue.nodes.map(({ id }) => id).join(' ')).toBe(left);
  expect(held.isGap()).toBe(isGap);
});

it('takes over how long the queue is and what comes next', () => {
  const next = item('i700', 700);
  const { put } = open({ hasNextPage: true });
  expect(put(6, { __typename: 'QueueChanged', progress: { ...progress, itemCount: 901, estimatedCount: 4, next } }).progress).toMatchObject(
    {
      itemCount: 901,
      estimatedCount: 4,
      next: { id: 'i700', topic: 'i700' },
    },
  );
  expect(put(7, { __typename: 'QueueChanged', progress }).progress).toEqual(progress);
});

/** Plays a whole round of a deck of twelve cards. */
function playRound(put: Table['put'], number: number): void {
  const deck = {
    ...round.deck,
    cards: Array.from({ length: 12 }, (_, value) => ({ __typename: 'Card', label: `${value}`, value, kind: 'NUMBER' })),
  };
  const played = { ...round, id: `round-${number}`, number, deck };
  const show = (state: string, currentRound: object | null) => {
    put(
      number * 3,
      { __typename: 'RoundChanged', itemId: 'i1', round: { ...played, state } },
      { __typename: 'SessionChanged', session: { ...own, currentRound } },
    );
  };
  show('OPEN', { __typename: 'Round', id: played.id });
  for (const { id } of round.roster) put(number * 3 + 1, { ...vote(id, true), roundId: played.id });
  show('REVEALED', { __typename: 'Round', id: played.id });
  show('SETTLED', null);
}

type Table = ReturnType<typeof open>;

it('holds nothing of a round once the next of its item has settled', () => {
  const { put, held } = open();
  for (let number = 100; number < 108; number += 1) playRound(put, number);
  const before = held();
  for (let number = 108; number < 140; number += 1) playRound(put, number);
  expect(held()).toBe(before);
});

it('keeps the last settled round of an item, and the one that is played', () => {
  const { put } = open();
  const tell = (number: number, state: string) =>
    put(number, { __typename: 'RoundChanged', itemId: 'i1', round: { ...round, id: `r${number}`, number, state } }).queue.nodes[0]?.rounds;
  tell(1, 'SETTLED');
  tell(2, 'REVOTED');
  expect(tell(3, 'SETTLED')).toEqual([expect.objectContaining({ id: 'r3', state: 'SETTLED' })]);
  expect(tell(4, 'OPEN')?.map(({ id }) => id)).toEqual(['r3', 'r4']);
  // Told again, since something of it changed.
  expect(tell(1, 'SETTLED')?.map(({ id }) => id)).toEqual(['r3', 'r4']);
});

it('works out as few answers after two hundred rounds as after eight', { timeout: 120_000 }, () => {
  const { cache, put } = open();
  cache.watch({ ...asked, optimistic: true, callback: () => undefined });
  const workedOut = () => cache.getMemoryInternals?.().inMemoryCache.executeSelectionSet ?? Number.NaN;
  const sizes: number[] = [];
  for (let number = 100; number < 300; number += 1) {
    playRound(put, number);
    sizes.push(workedOut());
  }
  expect(Math.max(...sizes.slice(-16))).toBeLessThanOrEqual(Math.max(...sizes.slice(0, 16)) + 2);
});

it('leaves at most eight of Apollo’s own places to a round: it never frees one', () => {
  const { cache, put } = open();
  const trie = Reflect.get(Reflect.get(cache, 'data'), 'storageTrie');
  for (let number = 100; number < 110; number += 1) playRound(put, number);
  const before = countPlaces(trie);
  for (let number = 110; number < 120; number += 1) playRound(put, number);
  expect(countPlaces(trie) - before).toBeLessThanOrEqual(10 * 8);
});

/** Nodes of a trie of Apollo's, by its map of keys that are texts. */
function countPlaces({ strong }: { readonly strong?: ReadonlyMap<unknown, object> }): number {
  return [...(strong?.values() ?? [])].reduce((sum, child) => sum + countPlaces(child), 1);
}
