import { describe, expect, it } from 'vitest';
import { getItem } from './access.ts';
import { toItemAgreements, toOwnAgreement } from './agreement.ts';
import { applyChange, type Change } from './change.ts';
import { toCsv, toHtml, toMarkdown, toSlack } from './exports.ts';
import { toItems } from './items.ts';
import type { Estimate, SessionAggregate, Vote } from './model.ts';
import { joinSession } from './participants.ts';
import { toPlayed } from './played.ts';
import { addIssues } from './queue.ts';
import { toReport } from './report.ts';
import { revealRound, startRound } from './rounds.ts';
import { createSession } from './session.ts';
import { settleRound } from './settlements.ts';
import { planWriteBacks, retryWriteBacks, syncSession } from './write-backs.ts';

const now = new Date('2026-11-30T10:00:00Z');
const acting = { actorId: 'ann', now };
const common = { role: 'ESTIMATOR', discipline: null, now } as const;

interface Session {
  readonly state: SessionAggregate;
  readonly votes: readonly Vote[];
}

/** One issue that two people estimated, and whose write-back failed. */
function playOne(): Session {
  let state = createSession({ id: 's', participantId: 'ann', inviteCode: 'i', title: 'T', name: 'Ann', ...common });
  const run = (change: Change | null) => {
    if (change !== null) state = applyChange(state, change, state.session.revision + 1);
  };
  run(joinSession(state, { id: 'bob', name: 'Bob', subject: null, ...common }));
  run(addIssues(state, acting, [{ id: 'item', issueKey: 'T-1', seenInJira: {}, seenAt: now }]).change);
  run(startRound(state, acting, { id: 'round' }));
  run(revealRound(state, acting, 'round'));
  run(settleRound(state, acting, { roundId: 'round', estimate: 5 }));
  const votes = ['ann', 'bob'].map((participantId) => ({ roundId: 'round', participantId, track: 'estimate', card: '5', note: 'Why' }));
  return { state: { ...state, estimates: state.estimates.map((each): Estimate => ({ ...each, state: 'FAILED' })) }, votes };
}

/** The same `count` times, in rows that count how often their ids are read. */
function playMany(count: number): Session & { readonly reads: () => number } {
  let reads = 0;
  const counted = <Row extends object>(row: Row): Row =>
    new Proxy(row, {
      get: (of, name, receiver) => {
        if (name === 'id' || name === 'itemId' || name === 'roundId' || name === 'issueKey') reads += 1;
        return Reflect.get(of, name, receiver);
      },
    });
  const { state, votes } = playOne();
  const many = <Row extends object>(rows: readonly Row[], ids: (index: number) => Partial<Row>) =>
    Array.from({ length: count }, (_, index) => rows.map((row) => counted({ ...row, ...ids(index) }))).flat();
  return {
    state: {
      ...state,
      items: toItems(many(state.items.toArray(), (index) => ({ id: `item-${index}`, issueKey: `T-${index}`, position: index }))),
      rounds: many(state.rounds, (index) => ({ id: `round-${index}`, itemId: `item-${index}` })),
      estimates: many(state.estimates, (index) => ({ itemId: `item-${index}`, roundId: `round-${index}`, issueKey: `T-${index}` })),
    },
    votes: many(votes, (index) => ({ roundId: `round-${index}` })),
    reads: () => reads,
  };
}

const exported = ({ state, votes }: Session) => ({ state, votes, report: toReport(state, votes), issues: new Map() });

const wholes: Readonly<Record<string, (session: Session) => unknown>> = {
  'the report': ({ state, votes }) => toReport(state, votes),
  'agreement over time': ({ state, votes }) => toItemAgreements(state, votes),
  "one's own agreement": ({ state, votes }) => toOwnAgreement(state, votes, 'ann'),
  'the CSV': (session) => toCsv(exported(session), 'EN'),
  'the Markdown page': (session) => toMarkdown(exported(session), 'DE'),
  'the Slack message': (session) => toSlack(exported(session), 'RU'),
  'the HTML': (session) => toHtml(exported(session), 'EN', true),
  'the plan of write-backs': ({ state }) => planWriteBacks(state, new Map()),
  'a sync': ({ state }) => syncSession(state, acting, 'STRICT'),
  'a retry of all': ({ state }) => retryWriteBacks(state, acting, null),
  'the rounds, estimates and issues of all items': ({ state }) => {
    const played = toPlayed(state);
    return state.items.map(({ id }) =>
      played.roundsOf(id).map((round) => [getItem(state, round.itemId), played.estimatesIn(round.id), played.estimatesOf(id)]),
    );
  },
};

describe('what is made of a whole session', () => {
  it.each(Object.keys(wholes))('costs in proportion to the session: %s', (name) => {
    const readsOf = (count: number) => {
      const session = playMany(count);
      wholes[name]?.(session);
      return session.reads();
    };
    const [few, many] = [readsOf(50), readsOf(400)];
    expect(few).toBeGreaterThan(50);
    // 8 times the rows: a search in sorted rows adds its logarithm, looking through all of them for each would be 64 times.
    expect(many / few).toBeLessThan(14);
  });

  it('finds the same rows whether few are asked for or all', () => {
    const { state, votes } = playMany(30);
    const [few, all] = [toPlayed(state, votes), toPlayed(state, votes)];
    for (const { id } of state.rounds) all.votesIn(id);
    expect(all.votesIn('round-7')).toEqual(few.votesIn('round-7'));
    expect(few.votesIn('round-7').map(({ participantId }) => participantId)).toEqual(['ann', 'bob']);
    expect([few.roundOf('round-30'), few.votesIn('round-30')]).toEqual([undefined, []]);
  });
});
