import { describe, expect, it } from 'vitest';
import { applyChange } from './change.ts';
import type { SessionAggregate } from './model.ts';
import { joinSession, leaveSession, updateMe } from './participants.ts';
import { createSession } from './session.ts';

const now = new Date('2026-11-29T09:00:00Z');

/** A session that Anna facilitates, with these others in it: their ids are p1, p2 … */
function sessionWith(...names: readonly string[]): SessionAggregate {
  const draft = {
    id: 's',
    participantId: 'p0',
    inviteCode: 'i',
    title: 'T',
    name: 'Anna',
    role: 'ESTIMATOR',
    discipline: null,
    now,
  } as const;
  return names.reduce<SessionAggregate>(
    (state, name, index) =>
      applyChange(state, joinSession(state, { id: `p${index + 1}`, name, role: 'ESTIMATOR', discipline: null, now }), index + 2),
    createSession(draft),
  );
}

const namesOf = (state: SessionAggregate) => state.participants.filter(({ leftAt }) => leftAt === null).map(({ name }) => name);

describe('names in a session', () => {
  it('are told apart by a number, the facilitator keeping theirs', () => {
    expect(namesOf(sessionWith('Anna', 'Anna', 'Bob'))).toEqual(['Anna', 'Anna (2)', 'Anna (3)', 'Bob']);
  });

  it.each([
    ...[
      'anna',
      'ANNA',
      ' Anna ',
      'An\u200Dna',
      'Ａnna',
      'Anna\u202E',
      '\u200FAnna',
      'An\u034Fna',
      'Anna\uFFA0',
      'Anna\u3164',
      'Anna\u2800',
    ],
    // Cyrillic, Greek, mathematical, with a form chosen.
    ...['Аnna', 'Annа', 'АNNА', 'Αnna', 'ΑΝΝΑ', '𝐀𝐧𝐧𝐚', 'An\uFE00na', 'Ann\u{E0100}a'],
  ])('that look like the facilitator’s are not taken: "%s"', (name) => {
    expect(namesOf(sessionWith(name))[1]).toMatch(/ \(2\)$/);
  });

  it('with a number that is taken get the next one', () => {
    expect(namesOf(sessionWith('Anna', 'Anna (2)'))).toEqual(['Anna', 'Anna (2)', 'Anna (3)']);
  });

  it.each([
    ['Alice', 'AIice'],
    ['Oleg', '0leg'],
    ['Bill', 'BiII'],
    ['Петр', 'Пeтp'],
  ])('"%s" is not taken as "%s"', (name, alike) => {
    expect(namesOf(sessionWith(name, alike))[2]).toMatch(/ \(2\)$/);
  });

  it.each([
    ['Анна', 'Инна'],
    ['Ann', 'Ạnn'],
    ['Ίων', 'Ιάς'],
    ['Iva', 'Eva'],
    ['👩‍💻', '👨‍💻'],
  ])('"%s" and "%s" are two names', (one, other) => {
    expect(namesOf(sessionWith(one, other)).slice(1)).toEqual([one, other]);
  });

  it('stay within their bound', () => {
    const long = 'x'.repeat(60);
    expect(namesOf(sessionWith(long, long))[2]).toBe(`${'x'.repeat(56)} (2)`);
  });

  it('of those who have left are free again', () => {
    const state = sessionWith('Bob');
    const left = applyChange(state, leaveSession(state, { actorId: 'p1', now }), 3);
    const joined = applyChange(left, joinSession(left, { id: 'p2', name: 'Bob', role: 'ESTIMATOR', discipline: null, now }), 4);
    expect(namesOf(joined)).toEqual(['Anna', 'Bob']);
  });

  it('may be chosen again by whoever has them, and nobody renames themselves to the facilitator', () => {
    const state = sessionWith('Bob');
    const renamed = (name: string) => updateMe(state, { actorId: 'p1', now }, { name }).participants?.[0]?.name;
    expect([renamed('Bob'), renamed('bob'), renamed('Anna')]).toEqual(['Bob', 'bob', 'Anna (2)']);
  });
});
