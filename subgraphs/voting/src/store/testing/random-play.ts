// For property tests: random commands on a session, decided by the domain's own rules.
import fc from 'fast-check';
import type { Change } from '../../domain/change.ts';
import type { SessionAggregate, Vote } from '../../domain/model.ts';
import {
  grantFacilitation,
  joinSession,
  leaveSession,
  removeParticipant,
  revokeFacilitation,
  updateMe,
} from '../../domain/participants.ts';
import {
  addIssues,
  addTopics,
  deferItem,
  editTopic,
  moveItem,
  removeItem,
  reopenItem,
  reorderItems,
  skipItem,
} from '../../domain/queue.ts';
import { abandonRound, cancelReveal, followQuorum, revealDue, revealRound, startRound, toVote } from '../../domain/rounds.ts';
import { closeSession, reopenSession, rotateInviteCode, updateSession } from '../../domain/session.ts';
import { estimateItem, reviseEstimate, settleRound } from '../../domain/settlements.ts';
import { recordWriteBack, resolveConflict, retryWriteBacks } from '../../domain/write-backs.ts';

/** Numbers pick among what there is at the moment, so that most commands hit something. */
export interface RandomCommand {
  readonly name: CommandName;
  readonly actor: number;
  readonly target: number;
  readonly choice: number;
}

/** What a command comes to. */
export type Decision =
  | { readonly kind: 'change'; readonly change: Change | null }
  | { readonly kind: 'vote'; readonly vote: Vote }
  | { readonly kind: 'retraction'; readonly vote: Vote };

export interface Table {
  readonly state: SessionAggregate;
  readonly votes: readonly Vote[];
  readonly now: Date;
  readonly newId: () => string;
}

type Decide = (table: Table, picked: Picked) => Change | null;

interface Picked {
  readonly acting: { readonly actorId: string; readonly now: Date };
  readonly participantId: string;
  readonly itemId: string;
  readonly roundId: string;
  readonly target: { readonly roundId: string; readonly track: string };
  readonly choice: number;
}

const roles = ['ESTIMATOR', 'SPECTATOR'] as const;
const cards = ['0', '½', '1', '3', '5', '8', '?', '☕'];

const changes = {
  join: ({ state, now, newId }, { choice }) =>
    joinSession(state, {
      id: newId(),
      name: `Guest ${choice}`,
      role: roles[choice % 3 === 0 ? 1 : 0],
      discipline: choice % 2 ? 'qa' : null,
      now,
    }),
  leave: ({ state }, { acting }) => leaveSession(state, acting),
  remove: ({ state }, { acting, participantId }) => removeParticipant(state, acting, participantId),
  switchRole: ({ state }, { acting, choice }) => updateMe(state, acting, { role: roles[choice % 2] ?? 'ESTIMATOR' }),
  grant: ({ state }, { acting, participantId }) => grantFacilitation(state, acting, participantId),
  revoke: ({ state }, { acting, participantId }) => revokeFacilitation(state, acting, participantId),
  addTopic: ({ state, newId }, { acting, choice }) => addTopics(state, acting, [{ id: newId(), topic: `Topic ${choice}` }]).change,
  addIssue: ({ state, newId }, { acting, choice }) =>
    addIssues(state, acting, [
      {
        id: newId(),
        issueKey: `${state.session.id}-${choice % 5}`,
        seenInJira: { estimate: choice % 2 ? null : choice / 2 },
        seenAt: acting.now,
      },
    ]).change,
  removeItem: ({ state }, { acting, itemId }) => removeItem(state, acting, itemId),
  editTopic: ({ state }, { acting, itemId, choice }) => editTopic(state, acting, itemId, `Reworded ${choice}`),
  moveItem: ({ state }, { acting, itemId, choice }) => moveItem(state, acting, itemId, choice % 4),
  reverse: ({ state }, { acting }) => reorderItems(state, acting, state.items.map(({ id }) => id).reverse()),
  skip: ({ state }, { acting, itemId }) => skipItem(state, acting, itemId),
  defer: ({ state }, { acting, itemId }) => deferItem(state, acting, itemId),
  reopenItem: ({ state }, { acting, itemId }) => reopenItem(state, acting, itemId),
  start: ({ state, newId }, { acting, itemId, choice }) =>
    startRound(state, acting, { id: newId(), itemId: choice % 2 ? itemId : null, timerSeconds: choice % 3 ? null : 60 }),
  reveal: ({ state }, { acting, roundId }) => revealRound(state, acting, roundId),
  revealDue: ({ state, now }, { roundId }) => revealDue(state, roundId, new Date(now.getTime() + 3_600_000)),
  followQuorum: ({ state, votes, now }) => followQuorum(state, { votes, sightings: new Map() }, now),
  cancelReveal: ({ state }, { acting, roundId }) => cancelReveal(state, acting, roundId),
  settle: ({ state }, { acting, roundId, choice }) =>
    settleRound(state, acting, {
      roundId,
      estimates: state.session.tracks.map(({ id }, index) => ({ track: id, value: (choice + index) / 2 })),
    }),
  revise: ({ state, newId }, { acting, itemId, choice }) =>
    reviseEstimate(state, acting, { id: newId(), itemId, estimates: state.session.tracks.map(({ id }) => ({ track: id, value: choice })) }),
  estimateItem: ({ state, newId }, { acting, itemId, choice }) =>
    estimateItem(state, acting, {
      id: newId(),
      itemId,
      reason: 'Too small to vote on',
      estimates: state.session.tracks.map(({ id }) => ({ track: id, value: choice })),
    }),
  switchDiscipline: ({ state }, { acting, choice }) => updateMe(state, acting, { discipline: choice % 2 ? 'qa' : 'dev' }),
  abandon: ({ state }, { acting, roundId }) => abandonRound(state, acting, roundId),
  writeBack: ({ state, now }, { target, choice }) =>
    recordWriteBack(
      state,
      target,
      ([{ kind: 'written' }, { kind: 'conflict', valueInJira: 1 }, { kind: 'failed', reason: 'no', reasonCode: 'REFUSED' }] as const)[
        choice % 3
      ] ?? {
        kind: 'written',
      },
      now,
    ),
  resolve: ({ state }, { acting, target, choice }) => resolveConflict(state, acting, target, choice % 2 ? 'OVERWRITE' : 'KEEP'),
  retry: ({ state }, { acting }) => retryWriteBacks(state, acting, null),
  update: ({ state }, { acting, choice }) =>
    updateSession(state, acting, {
      title: `Title ${choice}`,
      deck: ['fibonacci', 't-shirt', 'hours'][choice % 3] ?? null,
      settings: {
        autoRevealSeconds: [null, 0, 30][choice % 3] ?? null,
        lateJoin: choice % 2 ? 'NOW' : 'NEXT_ROUND',
        revealedBy: choice % 4 ? 'FACILITATORS' : 'EVERYONE',
      },
    }),
  rotate: ({ state, newId }, { acting }) => rotateInviteCode(state, acting, newId()),
  close: ({ state }, { acting }) => closeSession(state, acting),
  reopen: ({ state }, { acting }) => reopenSession(state, acting),
} as const satisfies Readonly<Record<string, Decide>>;

export type CommandName = keyof typeof changes | 'vote' | 'retract';

const seldom = ['close', 'leave', 'remove', 'rotate', 'update', 'revoke'] as const satisfies readonly CommandName[];
const usual = (Object.keys(changes) as CommandName[]).filter((name) => !(seldom as readonly CommandName[]).includes(name));

const command = (name: fc.Arbitrary<CommandName>) =>
  fc.record<RandomCommand>({
    name,
    // The facilitator acts most of the time, else little would be allowed.
    actor: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(5) }),
    target: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat(9) }),
    choice: fc.nat(9),
  });

/** Commands as a session sees them: a queue and some people first, then rounds and votes often, the end of the session seldom. */
export const commands: fc.Arbitrary<readonly RandomCommand[]> = fc
  .tuple(
    fc.array(command(fc.constantFrom<CommandName>('addIssue', 'join')), { minLength: 4, maxLength: 6 }),
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: command(fc.constantFrom<CommandName>('vote', 'vote', 'retract')) },
        { weight: 10, arbitrary: command(fc.constantFrom<CommandName>('start', 'reveal', 'settle', 'writeBack')) },
        { weight: 10, arbitrary: command(fc.constantFrom(...usual)) },
        { weight: 1, arbitrary: command(fc.constantFrom(...seldom)) },
      ),
      { minLength: 10, maxLength: 40, size: 'max' },
    ),
  )
  .map(([first, then]) => [...first, ...then]);

/** What the domain makes of a command. @throws DomainError when it is refused. */
export function decide(table: Table, { name, actor, target, choice }: RandomCommand): Decision {
  const { state, now } = table;
  const pick = (ids: readonly string[], index: number) => ids[index % Math.max(1, ids.length)] ?? 'nobody';
  const present = state.participants.filter((participant) => participant.leftAt === null).map(({ id }) => id);
  const actorId = pick(present, actor);
  // The newest rounds are the ones that matter.
  const roundId = pick(state.rounds.map(({ id }) => id).reverse(), target % 3);
  const estimate = state.estimates.at(-1 - (target % Math.max(1, state.estimates.length)));
  if (name === 'vote' || name === 'retract') {
    const vote = toVote(state, actorId, {
      roundId,
      card: pick(cards, choice),
      note: choice % 3 ? null : `Because of ${choice} “things”`,
      track: pick(
        state.session.tracks.map(({ id }) => id),
        target,
      ),
    });
    return { kind: name === 'vote' ? 'vote' : 'retraction', vote };
  }
  const picked = {
    acting: { actorId, now },
    participantId: pick(
      state.participants.map(({ id }) => id),
      target,
    ),
    itemId: pick(
      state.items.map(({ id }) => id),
      target,
    ),
    roundId,
    target: { roundId: estimate?.roundId ?? 'none', track: estimate?.track ?? 'none' },
    choice,
  };
  return { kind: 'change', change: changes[name](table, picked) };
}
