import { InMemoryCache } from '@apollo/client';
import { expect, it } from 'vitest';
import { SessionPageDocument } from '../generated/graph.ts';
import { cachePolicies } from './cache.ts';
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

const asked = { query: SessionPageDocument, variables: { wholeId: 's' } };

function open() {
  const cache = new InMemoryCache({ typePolicies: cachePolicies });
  const session = {
    ...own,
    revision: 5,
    tracks: [],
    participants: [person('ada')],
    items: [item('i1', 1), item('i2', 2), item('i3', 3)],
    currentRound: null,
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  cache.writeQuery({ ...asked, data: { __typename: 'Query', session } as never });
  const put = (revision: number | null, ...changes: readonly object[]) => {
    putChanges(cache, 's', { __typename: 'SessionChanges', revision, changes } as unknown as Changes);
    const read = cache.readQuery(asked)?.session;
    if (!read) throw new Error('The cache no longer holds the whole session.');
    return read;
  };
  return { put };
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
  const order = (...changes: readonly object[]) => put(6, ...changes).items.map(({ id }) => id);
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
  for (const holder of [session.items[0], session.currentRound])
    expect(holder?.estimates).toMatchObject([{ value: 5, writeBack: { state: 'WRITTEN' } }]);
});
