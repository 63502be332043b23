import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf } from '../store/testing/play.ts';
import { avatarEmojis, avatarsOf, avatarTints } from './avatars.ts';
import type { SessionAggregate } from './model.ts';
import { leaveSession, updateMe } from './participants.ts';

const now = new Date('2026-06-07T08:09:10.011Z');
const choose = (state: SessionAggregate, actorId: string, emoji: string, tint: number) =>
  advance(state, updateMe(state, { actorId, now }, { avatar: { emoji, tint } }));
const looksOf = (state: SessionAggregate) => [...avatarsOf(state).values()].map(({ emoji, tint }) => `${emoji}${tint}`);
const refusal = expect.objectContaining({ code: 'INVALID_INPUT' });

describe('an avatar', () => {
  it.each([30, 36, 100, avatarEmojis.length * avatarTints])('is nobody else’s among %i people', (count) => {
    expect(new Set(looksOf(buildTable({ voters: count - 1 }))).size).toBe(count);
  });

  it('has one of 36 emojis, each of which is one character', () => {
    expect(new Set(avatarEmojis).size).toBe(36);
  });

  it('is chosen, changes nobody else’s, and is refused with INVALID_INPUT when somebody has it or it is not offered', () => {
    const state = buildTable({ voters: 3 });
    const ann = facilitatorOf(state);
    const before = avatarsOf(state);
    const after = choose(state, ann, '🧀', 4);
    expect(avatarsOf(after)).toEqual(new Map([...before, [ann, { emoji: '🧀', tint: 4 }]]));
    expect(() => choose(after, 'voter-1', '🧀', 4)).toThrow(refusal);
    const theirs = before.get('voter-2') ?? expect.unreachable();
    expect(() => choose(state, ann, theirs.emoji, theirs.tint)).toThrow(refusal);
    expect(() => choose(state, ann, '🙂', 0)).toThrow(refusal);
    for (const tint of [-1, 0.5, avatarTints]) expect(() => choose(state, ann, '🧀', tint)).toThrow(refusal);
    const left = advance(after, leaveSession(after, { actorId: ann, now }));
    expect(avatarsOf(choose(left, 'voter-1', '🧀', 4)).get('voter-1')).toEqual({ emoji: '🧀', tint: 4 });
  });

  it('stays whose it is, and nobody’s twin, whoever else comes and chooses', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(39), fc.nat(35), fc.nat(5)), { maxLength: 40 }), (choices) => {
        let state = buildTable({ voters: 39 });
        for (const [who, emoji, tint] of choices) {
          const actorId = state.participants[who]?.id ?? '';
          const before = avatarsOf(state);
          try {
            state = choose(state, actorId, avatarEmojis[emoji] ?? '', tint);
          } catch {
            continue;
          }
          expect(new Set(looksOf(state)).size).toBe(40);
          for (const { id, avatar } of state.participants)
            if (id !== actorId && avatar != null) expect(avatarsOf(state).get(id)).toEqual(before.get(id));
        }
      }),
      { numRuns: 60 },
    );
  });
});
