import { expect, test } from 'vitest';
import { english } from '../text/english.ts';
import { createTranslate } from '../text/text.ts';
import { toAnnouncement } from './announcement.ts';
import type { Round, Session } from './context.ts';

const text = createTranslate('en', english);
const people = ['Ann', 'Ben', 'Carla'].map((name) => ({ id: name, name, isPresent: true, discipline: null }));

function createRound(voters: readonly string[], changes: Partial<Round> = {}): Round {
  const votes = voters.map((id) => ({ track: 'estimate', participant: { id }, card: null }));
  const roster = people.map(({ id }) => ({ id }));
  return { id: 'r1', state: 'OPEN', item: { id: 'i1' }, roster, votes, results: [], ...changes } as unknown as Round;
}

function createSession(currentRound: Round | null, changes: Partial<Session> = {}): Session {
  const items = [{ id: 'i1', topic: 'The rota', state: 'PENDING', estimates: [] }];
  const tracks = [{ id: 'estimate', discipline: null }];
  return { id: 's1', state: 'OPEN', tracks, participants: people, items, currentRound, ...changes } as unknown as Session;
}

function say(before: Session, after: Session): string {
  return toAnnouncement({ before, after, text, findIssue: () => undefined, myId: 'Ann' });
}

test('others are named when they vote, with the count', () => {
  expect(say(createSession(createRound([])), createSession(createRound(['Ben', 'Carla'])))).toBe('Ben, Carla voted. 2 of 3 have voted.');
});

test('one’s own vote is only counted', () => {
  expect(say(createSession(createRound([])), createSession(createRound(['Ann'])))).toBe('1 of 3 have voted');
});

test('a round that begins says on what', () => {
  expect(say(createSession(null), createSession(createRound([])))).toBe('A round begins: The rota.');
});

test('the reveal reads the distribution and the suggestion', () => {
  const result = { distribution: [{ card: { label: '5' }, count: 2 }], suggestion: { value: 5, label: '5' } };
  const revealed = createRound(['Ann', 'Ben'], { state: 'REVEALED', results: [result] as unknown as Round['results'] });
  expect(say(createSession(createRound(['Ann', 'Ben'])), createSession(revealed))).toBe(
    'The cards are revealed. 5: 2 votes. Suggested: 5.',
  );
});

test('a round that ends without an estimate says so', () => {
  expect(say(createSession(createRound([])), createSession(null))).toBe('The round has ended without an estimate.');
});

test('who joins is named', () => {
  const before = createSession(null, { participants: people.slice(0, 2) as unknown as Session['participants'] });
  expect(say(before, createSession(null))).toBe('Carla has joined.');
});
