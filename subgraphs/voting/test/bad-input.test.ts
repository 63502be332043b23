import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRound, setTable, startVotingWorld, type Table, type VotingWorld } from './world.ts';

interface Bad {
  /** What is wrong with it, as the second half of a sentence. */
  readonly what: string;
  /** The mutation's field with its arguments; $-variables come from the table, `roundId` and `long`. */
  readonly call: string;
  readonly code: string;
  readonly as?: 'facilitator' | 'estimator' | 'spectator' | 'stranger' | 'nobody' | 'forged';
}

const long = 'x'.repeat(300);

// The round that is open is on the first item.
const bad: readonly Bad[] = [
  { what: 'an empty title', call: 'createSession(title: "  ", name: "A") { token }', code: 'INVALID_INPUT', as: 'nobody' },
  { what: 'a title of 300 characters', call: 'createSession(title: $long, name: "A") { token }', code: 'INVALID_INPUT', as: 'nobody' },
  {
    what: 'a name of control characters',
    call: 'createSession(title: "T", name: "\\u0007\\u200b") { token }',
    code: 'INVALID_INPUT',
    as: 'nobody',
  },
  { what: 'an unknown deck', call: 'createSession(title: "T", name: "A", deck: "tarot") { token }', code: 'UNKNOWN_DECK', as: 'nobody' },
  {
    what: 'a deck of one card',
    call: 'createSession(title: "T", name: "A", customDeck: [{label: "1"}]) { token }',
    code: 'INVALID_DECK',
    as: 'nobody',
  },
  {
    what: 'two cards of one label',
    call: 'createSession(title: "T", name: "A", customDeck: [{label: "1"}, {label: "1"}]) { token }',
    code: 'INVALID_DECK',
    as: 'nobody',
  },
  {
    what: 'a card worth -1',
    call: 'createSession(title: "T", name: "A", customDeck: [{label: "1", value: -1}, {label: "2"}]) { token }',
    code: 'INVALID_DECK',
    as: 'nobody',
  },
  {
    what: 'a track without a proper id',
    call: 'createSession(title: "T", name: "A", tracks: [{id: "Dev!"}]) { token }',
    code: 'INVALID_INPUT',
    as: 'nobody',
  },
  {
    what: 'a countdown of an hour',
    call: 'createSession(title: "T", name: "A", settings: {autoRevealSeconds: 3600}) { token }',
    code: 'INVALID_INPUT',
    as: 'nobody',
  },
  {
    what: 'a idempotencyKey of 3 characters',
    call: 'createSession(title: "T", name: "A", idempotencyKey: "abc") { token }',
    code: 'INVALID_INPUT',
    as: 'nobody',
  },
  { what: 'a wrong type', call: 'createSession(title: 7, name: "A") { token }', code: 'GRAPHQL_VALIDATION_FAILED', as: 'nobody' },
  { what: 'a missing argument', call: 'createSession(title: "T") { token }', code: 'GRAPHQL_VALIDATION_FAILED', as: 'nobody' },
  { what: 'an unknown invite code', call: 'joinSession(inviteCode: "nope", name: "A") { token }', code: 'INVITE_NOT_FOUND', as: 'nobody' },
  { what: 'no token', call: 'addTopics(sessionId: $sessionId, topics: ["x"]) { duplicates }', code: 'UNAUTHENTICATED', as: 'nobody' },
  { what: 'a forged token', call: 'addTopics(sessionId: $sessionId, topics: ["x"]) { duplicates }', code: 'TOKEN_INVALID', as: 'forged' },
  {
    what: "another session's token",
    call: 'addTopics(sessionId: $sessionId, topics: ["x"]) { duplicates }',
    code: 'NOT_A_PARTICIPANT',
    as: 'stranger',
  },
  { what: 'an unknown session', call: 'addTopics(sessionId: "nope", topics: ["x"]) { duplicates }', code: 'SESSION_NOT_FOUND' },
  {
    what: 'an estimator who adds topics',
    call: 'addTopics(sessionId: $sessionId, topics: ["x"]) { duplicates }',
    code: 'NOT_A_FACILITATOR',
    as: 'estimator',
  },
  { what: 'an empty topic', call: 'addTopics(sessionId: $sessionId, topics: [""]) { duplicates }', code: 'INVALID_INPUT' },
  { what: 'no topic', call: 'addTopics(sessionId: $sessionId, topics: []) { duplicates }', code: 'INVALID_INPUT' },
  { what: 'a topic of 300 characters', call: 'addTopics(sessionId: $sessionId, topics: [$long]) { duplicates }', code: 'INVALID_INPUT' },
  {
    what: 'an outdated revision',
    call: 'addTopics(sessionId: $sessionId, topics: ["x"], expectedRevision: 1) { duplicates }',
    code: 'SESSION_CHANGED',
  },
  { what: 'neither keys nor jql', call: 'addIssues(sessionId: $sessionId) { duplicates }', code: 'INVALID_INPUT' },
  { what: 'keys and jql', call: 'addIssues(sessionId: $sessionId, keys: ["A-1"], jql: "x") { duplicates }', code: 'INVALID_INPUT' },
  { what: 'a Jira service that is away', call: 'addIssues(sessionId: $sessionId, keys: ["A-1"]) { duplicates }', code: 'JIRA_UNAVAILABLE' },
  { what: 'an unknown item to remove', call: 'removeItem(itemId: "nope") { id }', code: 'ITEM_NOT_FOUND' },
  { what: 'a played item to remove', call: 'removeItem(itemId: $played) { id }', code: 'ITEM_IN_USE' },
  { what: 'an order that forgets items', call: 'reorderItems(sessionId: $sessionId, itemIds: [$played]) { id }', code: 'INCOMPLETE_ORDER' },
  {
    what: 'an order that moves the item being voted on',
    call: 'reorderItems(sessionId: $sessionId, itemIds: $reversed) { id }',
    code: 'ITEM_IN_USE',
  },
  { what: 'a second round beside an open one', call: 'startRound(sessionId: $sessionId) { id }', code: 'ROUND_ALREADY_OPEN' },
  { what: 'an estimator who starts a round', call: 'startRound(sessionId: $sessionId) { id }', code: 'NOT_A_FACILITATOR', as: 'estimator' },
  { what: 'a card that the deck does not have', call: 'castVote(roundId: $roundId, card: "4") { id }', code: 'CARD_NOT_IN_DECK' },
  {
    what: 'a track that the session does not have',
    call: 'castVote(roundId: $roundId, card: "5", track: "qa") { id }',
    code: 'UNKNOWN_TRACK',
  },
  { what: 'a spectator who votes', call: 'castVote(roundId: $roundId, card: "5") { id }', code: 'NOT_IN_ROSTER', as: 'spectator' },
  { what: 'an unknown round', call: 'castVote(roundId: "nope", card: "5") { id }', code: 'ROUND_NOT_FOUND' },
  { what: "another session's round", call: 'castVote(roundId: $roundId, card: "5") { id }', code: 'ROUND_NOT_FOUND', as: 'stranger' },
  { what: 'a spectator who retracts', call: 'retractVote(roundId: $roundId) { id }', code: 'NOT_IN_ROSTER', as: 'spectator' },
  { what: 'an estimator who reveals', call: 'revealRound(roundId: $roundId) { id }', code: 'NOT_A_FACILITATOR', as: 'estimator' },
  { what: 'an unknown round to reveal', call: 'revealRound(roundId: "nope") { id }', code: 'ROUND_NOT_FOUND' },
  { what: 'an open round to settle', call: 'settleRound(roundId: $roundId, estimate: 5) { id }', code: 'ROUND_NOT_REVEALED' },
  { what: 'an unknown participant to remove', call: 'removeParticipant(participantId: "nope") { id }', code: 'PARTICIPANT_NOT_FOUND' },
  { what: 'the last facilitator removing themself', call: 'removeParticipant(participantId: $me) { id }', code: 'LAST_FACILITATOR' },
  { what: 'the last facilitator stepping down', call: 'revokeFacilitation(participantId: $me) { id }', code: 'LAST_FACILITATOR' },
  { what: 'an estimator who closes', call: 'closeSession { id }', code: 'NOT_A_FACILITATOR', as: 'estimator' },
  { what: 'an estimator who renames the session', call: 'updateSession(title: "Mine") { id }', code: 'NOT_A_FACILITATOR', as: 'estimator' },
  { what: 'an estimator who rotates the invite code', call: 'rotateInviteCode { id }', code: 'NOT_A_FACILITATOR', as: 'estimator' },
  {
    what: 'a join with an empty name',
    call: 'joinSession(inviteCode: $inviteCode, name: "") { token }',
    code: 'INVALID_INPUT',
    as: 'nobody',
  },
  { what: 'a refresh without a token', call: 'refreshToken { token }', code: 'UNAUTHENTICATED', as: 'nobody' },
  { what: 'a forged token to leave with', call: 'leaveSession { id }', code: 'TOKEN_INVALID', as: 'forged' },
  { what: 'a name of 300 characters', call: 'updateMe(name: $long) { id }', code: 'INVALID_INPUT', as: 'estimator' },
  { what: 'a role that there is not', call: 'updateMe(role: BOSS) { id }', code: 'GRAPHQL_VALIDATION_FAILED', as: 'estimator' },
  { what: 'a sign of life without a token', call: 'imHere { id }', code: 'UNAUTHENTICATED', as: 'nobody' },
  {
    what: 'an estimator who makes facilitators',
    call: 'grantFacilitation(participantId: $me) { id }',
    code: 'NOT_A_FACILITATOR',
    as: 'estimator',
  },
  { what: 'a stranger as a facilitator', call: 'grantFacilitation(participantId: "nope") { id }', code: 'PARTICIPANT_NOT_FOUND' },
  {
    what: 'an estimator who unmakes facilitators',
    call: 'revokeFacilitation(participantId: $me) { id }',
    code: 'NOT_A_FACILITATOR',
    as: 'estimator',
  },
  {
    what: 'an estimator who removes people',
    call: 'removeParticipant(participantId: $me) { id }',
    code: 'NOT_A_FACILITATOR',
    as: 'estimator',
  },
  { what: 'an outdated revision of settings', call: 'updateSession(title: "New", expectedRevision: 1) { id }', code: 'SESSION_CHANGED' },
  { what: 'a deck twice', call: 'updateSession(deck: "hours", customDeck: [{label: "1"}, {label: "2"}]) { id }', code: 'INVALID_INPUT' },
  { what: 'an estimator who reopens', call: 'reopenSession { id }', code: 'NOT_A_FACILITATOR', as: 'estimator' },
  { what: 'an outdated revision to close at', call: 'closeSession(expectedRevision: 1) { id }', code: 'SESSION_CHANGED' },
  {
    what: 'an estimator who adds issues',
    call: 'addIssues(sessionId: $sessionId, keys: ["A-1"]) { duplicates }',
    code: 'NOT_A_FACILITATOR',
    as: 'estimator',
  },
  { what: 'issues for an unknown session', call: 'addIssues(sessionId: "nope", keys: ["A-1"]) { duplicates }', code: 'SESSION_NOT_FOUND' },
  { what: 'an unknown topic to reword', call: 'editTopic(itemId: "nope", topic: "x") { id }', code: 'ITEM_NOT_FOUND' },
  { what: 'a topic reworded while it is voted on', call: 'editTopic(itemId: $played, topic: "x") { id }', code: 'ITEM_IN_USE' },
  { what: 'an estimator who rewords', call: 'editTopic(itemId: $played, topic: "x") { id }', code: 'NOT_A_FACILITATOR', as: 'estimator' },
  { what: 'an unknown item to move', call: 'moveItem(itemId: "nope", to: 0) { id }', code: 'ITEM_NOT_FOUND' },
  { what: 'the item being voted on to move', call: 'moveItem(itemId: $played, to: 2) { id }', code: 'ITEM_IN_USE' },
  { what: 'an estimator who removes items', call: 'removeItem(itemId: $played) { id }', code: 'NOT_A_FACILITATOR', as: 'estimator' },
  { what: 'an unknown item to skip', call: 'skipItem(itemId: "nope") { id }', code: 'ITEM_NOT_FOUND' },
  { what: 'an unknown item to defer', call: 'deferItem(itemId: "nope") { id }', code: 'ITEM_NOT_FOUND' },
  { what: "another session's item to skip", call: 'skipItem(itemId: $played) { id }', code: 'ITEM_NOT_FOUND', as: 'stranger' },
  { what: 'the item being voted on to reopen', call: 'reopenItem(itemId: $played) { id }', code: 'ITEM_IN_USE' },
  {
    what: 'an outdated revision to start at',
    call: 'startRound(sessionId: $sessionId, expectedRevision: 1) { id }',
    code: 'SESSION_CHANGED',
  },
  { what: 'an unknown round to retract from', call: 'retractVote(roundId: "nope") { id }', code: 'ROUND_NOT_FOUND' },
  {
    what: 'an outdated revision to reveal at',
    call: 'revealRound(roundId: $roundId, expectedRevision: 1) { id }',
    code: 'SESSION_CHANGED',
  },
  {
    what: 'an estimator who stops the countdown',
    call: 'cancelReveal(roundId: $roundId) { id }',
    code: 'NOT_A_FACILITATOR',
    as: 'estimator',
  },
  { what: 'an unknown round to settle', call: 'settleRound(roundId: "nope", estimate: 5) { id }', code: 'ROUND_NOT_FOUND' },
  {
    what: 'an estimator who settles',
    call: 'settleRound(roundId: $roundId, estimate: 5) { id }',
    code: 'NOT_A_FACILITATOR',
    as: 'estimator',
  },
  { what: 'an unknown round to abandon', call: 'abandonRound(roundId: "nope") { id }', code: 'ROUND_NOT_FOUND' },
  { what: 'an estimator who abandons', call: 'abandonRound(roundId: $roundId) { id }', code: 'NOT_A_FACILITATOR', as: 'estimator' },
  { what: 'a conflict of nothing settled', call: 'resolveConflict(roundId: $roundId, decision: KEEP) { id }', code: 'ESTIMATE_NOT_FOUND' },
  {
    what: 'an estimator who resolves',
    call: 'resolveConflict(roundId: $roundId, decision: KEEP) { id }',
    code: 'NOT_A_FACILITATOR',
    as: 'estimator',
  },
  {
    what: 'a retry of nothing settled',
    call: 'retryWriteBacks(sessionId: $sessionId, roundId: $roundId) { id }',
    code: 'ESTIMATE_NOT_FOUND',
  },
  {
    what: "a retry in somebody else's session",
    call: 'retryWriteBacks(sessionId: $sessionId) { id }',
    code: 'NOT_A_PARTICIPANT',
    as: 'stranger',
  },
  { what: 'an estimator who syncs', call: 'syncSession(sessionId: $sessionId) { id }', code: 'NOT_A_FACILITATOR', as: 'estimator' },
  { what: 'a sync of an unknown session', call: 'syncSession(sessionId: "nope") { id }', code: 'SESSION_NOT_FOUND' },
];

const types: Readonly<Record<string, string>> = {
  inviteCode: 'String!',
  sessionId: 'ID!',
  roundId: 'ID!',
  played: 'ID!',
  me: 'ID!',
  long: 'String!',
  reversed: '[ID!]!',
};

describe('a mutation', () => {
  let world: VotingWorld;
  let table: Table;
  let variables: Readonly<Record<string, unknown>>;
  const snapshot = () => world.get('query ($sessionId: ID!) { session(id: $sessionId) { revision } }', table, table.facilitator);

  beforeAll(async () => {
    world = await startVotingWorld();
    table = await setTable(world);
    const { me } = await world.get('{ me { id } }', {}, table.facilitator);
    variables = {
      sessionId: table.sessionId,
      inviteCode: table.inviteCode,
      roundId: await openRound(world, table),
      played: table.itemIds[0],
      reversed: [...table.itemIds].reverse(),
      me: me.id,
      long,
    };
  });
  afterAll(() => world?.stop());

  it.each(bad)('refuses $what with $code, and changes nothing', async ({ call, code, as = 'facilitator' }) => {
    const used = Object.keys(types).filter((name) => call.includes(`$${name}`));
    const declared = used.length === 0 ? '' : `(${used.map((name) => `$${name}: ${types[name]}`).join(', ')})`;
    const token = as === 'nobody' ? undefined : as === 'forged' ? 'eyJhbGciOiJub25lIn0.e30.' : table[as];
    const before = await snapshot();
    const answer = await world.ask(
      `mutation ${declared} { ${call} }`,
      Object.fromEntries(used.map((name) => [name, variables[name]])),
      token,
    );
    expect(answer.errors?.map((error) => error.extensions['code'])).toEqual([code]);
    expect(await snapshot()).toEqual(before);
  });
});
