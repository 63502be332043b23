import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf } from '../store/testing/play.ts';
import type { Change } from './change.ts';
import type { SessionAggregate } from './model.ts';
import { addIssues, addTopics, deferItem, editTopic, moveItem, removeItem, reopenItem, reorderItems, skipItem } from './queue.ts';
import { startRound } from './rounds.ts';
import type { Acting } from './session.ts';
import { pauseSession, pauseTimer, resumeSession, resumeTimer, setTimer } from './timers.ts';

const now = new Date('2026-06-07T08:09:10.011Z');
const refusal = (code: string) => expect.objectContaining({ code });
const topic = { id: 'new', topic: 'New' };
const issue = { id: 'new', issueKey: 'SHOP-1', seenInJira: {}, seenAt: now };

type Command = (state: SessionAggregate, acting: Acting) => Change | null;

/** What a facilitator may do, each of them a change at this table, and what the log then says besides who and when. */
const commands: Readonly<Record<string, readonly [command: Command, event: object]>> = {
  'add issues': [(state, acting) => addIssues(state, acting, [issue]).change, { type: 'ITEMS_CHANGED' }],
  'add topics': [(state, acting) => addTopics(state, acting, [topic]).change, { type: 'ITEMS_CHANGED' }],
  'remove an item': [(state, acting) => removeItem(state, acting, 'item-2'), { type: 'ITEMS_CHANGED' }],
  'reorder the queue': [(state, acting) => reorderItems(state, acting, ['item-1', 'item-3', 'item-2']), { type: 'ITEMS_CHANGED' }],
  'move an item': [(state, acting) => moveItem(state, acting, 'item-3', 1), { type: 'ITEMS_CHANGED' }],
  'edit a topic': [(state, acting) => editTopic(state, acting, 'item-2', 'Other words'), { type: 'ITEMS_CHANGED', itemId: 'item-2' }],
  'skip an item': [(state, acting) => skipItem(state, acting, 'item-2'), { type: 'ITEMS_CHANGED', itemId: 'item-2' }],
  'skip the item that is being voted on': [
    (state, acting) => skipItem(state, acting, 'item-1'),
    { type: 'ITEMS_CHANGED', itemId: 'item-1', roundId: 'round-1' },
  ],
  'defer an item': [(state, acting) => deferItem(state, acting, 'item-2'), { type: 'ITEMS_CHANGED', itemId: 'item-2' }],
  'reopen an item': [
    (state, acting) => reopenItem({ ...state, items: state.items.with(skipped(state)) }, acting, 'item-3'),
    { type: 'ITEMS_CHANGED', itemId: 'item-3' },
  ],
  'set the timer': [
    (state, acting) => setTimer(state, acting, 'round-1', 90),
    { type: 'TIMER_CHANGED', roundId: 'round-1', itemId: 'item-1' },
  ],
  'pause the timer': [
    (state, acting) => pauseTimer(state, acting, 'round-1'),
    { type: 'TIMER_CHANGED', roundId: 'round-1', itemId: 'item-1' },
  ],
  'resume the timer': [
    (state, acting) => resumeTimer(timerPaused(state), acting, 'round-1'),
    { type: 'TIMER_CHANGED', roundId: 'round-1', itemId: 'item-1' },
  ],
  'pause the session': [pauseSession, { type: 'SESSION_PAUSED' }],
  'resume the session': [(state, acting) => resumeSession(paused(state), acting), { type: 'SESSION_RESUMED' }],
};

const skipped = ({ items }: SessionAggregate) => items.pick(['item-3']).map((item) => ({ ...item, state: 'SKIPPED' as const }));

/** What is closed stays so. */
function paused(state: SessionAggregate): SessionAggregate {
  return state.session.state === 'CLOSED' ? state : { ...state, session: { ...state.session, state: 'PAUSED' } };
}

function timerPaused(state: SessionAggregate): SessionAggregate {
  return { ...state, rounds: state.rounds.map((round) => ({ ...round, deadlineAt: null, timerLeftSeconds: 30 })) };
}

function table(): { readonly state: SessionAggregate; readonly ann: Acting; readonly bob: Acting } {
  const before = buildTable({ items: 3 });
  const ann = { actorId: facilitatorOf(before), now };
  const state = advance(before, startRound(before, ann, { id: 'round-1', timerSeconds: 60 }));
  return { state, ann, bob: { actorId: 'voter-1', now } };
}

describe.each(Object.entries(commands))('to %s', (_, [command, event]) => {
  const { state, ann, bob } = table();

  it('is a facilitator’s, and is logged', () => {
    expect(command(state, ann)?.event).toEqual({ at: now, actorId: ann.actorId, ...event });
    expect(() => command(state, bob)).toThrow(refusal('NOT_A_FACILITATOR'));
  });

  it('is refused once the session is closed', () => {
    const closed = { ...state, session: { ...state.session, state: 'CLOSED' as const } };
    expect(() => command(closed, ann)).toThrow(refusal('SESSION_CLOSED'));
  });
});
