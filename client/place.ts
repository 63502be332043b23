import { TallyError } from './errors.ts';
import { followOn } from './following.ts';
import {
  AddIssuesDocument,
  type AddIssuesMutationVariables,
  AddTopicsDocument,
  type AdmissionFragment,
  CastVoteDocument,
  MyVoteDocument,
  NudgeDocument,
  ReactDocument,
  type Reaction,
  ReadSessionDocument,
  RefreshTokenDocument,
  RevealRoundDocument,
  SessionChangesDocument,
  SessionEventsDocument,
  SessionSignalsDocument,
  SettleRoundDocument,
  StartRoundDocument,
} from './generated/graph.ts';
import { createKey, retrying } from './retrying.ts';
import type { Operation, Transport } from './transport.ts';

export type Admission = AdmissionFragment;

/** A token with less than this to live is exchanged before it is used. */
const renewBeforeMs = 60_000;

interface PlaceOptions {
  readonly transport: Transport;
  readonly admission: Admission;
  /** Told each new admission: whoever wants to come back later keeps the newest, as secret as a password. */
  readonly onAdmission: (admission: Admission) => void;
}

/** One's place in a session. Every method @throws TallyError with a code of docs/errors.md. */
export type Place = ReturnType<typeof createPlace>;

/** What somebody with an admission may do; tokens are renewed, and what is sent twice has one effect. */
export function createPlace({ transport, admission: first, onAdmission }: PlaceOptions) {
  let admission = first;
  let renewal: Promise<void> | undefined;
  const sessionId = first.session.id;

  const renew = async (): Promise<void> => {
    const { refreshSecret, token } = admission;
    // The same key with each retry: a secret that comes a second time without it is taken for somebody else's.
    const variables = refreshSecret === null ? {} : { refreshSecret, rotationKey: createKey() };
    const bearer = refreshSecret === null ? token : undefined;
    const { refreshToken } = await retrying(() => transport.ask(RefreshTokenDocument, variables, bearer));
    admission = refreshToken;
    onAdmission(admission);
  };
  const freshToken = async (): Promise<string> => {
    if (Date.parse(admission.expiresAt) - Date.now() < renewBeforeMs) {
      renewal ??= renew().finally(() => {
        renewal = undefined;
      });
      await renewal;
    }
    return admission.token;
  };
  const ask = async <Data, Variables>(operation: Operation<Data, Variables>, variables: Variables): Promise<Data> => {
    const token = await freshToken();
    return retrying(() => transport.ask(operation, variables, token));
  };
  /** A mutation; its key stays the same when it is sent again. */
  const act = <Data, Variables extends object>(
    operation: Operation<Data, Variables>,
    variables: Omit<Variables, 'idempotencyKey'>,
  ): Promise<Data> => ask(operation, { ...variables, idempotencyKey: createKey() } as unknown as Variables);

  return {
    sessionId,
    participantId: first.participant.id,
    inviteCode: first.session.inviteCode,
    /** The newest admission. */
    admission: (): Admission => admission,
    /** Any operation with this place's token; a mutation of one's own brings its own `idempotencyKey`. */
    ask,
    /** The session as it is now; follow from its `revision`. */
    session: async () => {
      const { session } = await ask(ReadSessionDocument, { sessionId });
      if (session === null) throw new TallyError('SESSION_NOT_FOUND', 'There is no such session.');
      return session;
    },
    addIssues: async (issues: Pick<AddIssuesMutationVariables, 'keys' | 'jql'>) =>
      (await act(AddIssuesDocument, { sessionId, ...issues })).addIssues,
    addTopics: async (topics: readonly string[]) => (await act(AddTopicsDocument, { sessionId, topics })).addTopics,
    /** On the first pending item unless one is named. */
    startRound: async (itemId?: string) =>
      (await act(StartRoundDocument, { sessionId, ...(itemId === undefined ? {} : { itemId }) })).startRound,
    /** `card` is a label of the round's deck. */
    vote: async (roundId: string, card: string, track?: string) =>
      (await act(CastVoteDocument, { roundId, card, ...(track === undefined ? {} : { track }) })).castVote,
    /** One's own cards, by track: nobody else sees them before the reveal. */
    myVote: async (roundId: string) => (await ask(MyVoteDocument, { roundId })).myVote,
    reveal: async (roundId: string) => (await act(RevealRoundDocument, { roundId })).revealRound,
    /** One value, or one for each track. */
    settle: async (roundId: string, estimate: number | readonly { readonly track: string; readonly value: number }[]) =>
      (await act(SettleRoundDocument, typeof estimate === 'number' ? { roundId, estimate } : { roundId, estimates: estimate })).settleRound,
    /** What changes after revision `after`, from now on for ever, also over losses of the connection. CURSOR_EXPIRED: read `session` anew. */
    follow: (after: number) =>
      followOn({
        after,
        open: async (from) => transport.follow(SessionChangesDocument, { sessionId, after: from }, { token: await freshToken() }),
        toEvent: ({ sessionChanges }) => sessionChanges,
        toRevision: ({ revision }) => revision,
      }),
    /** As `follow`: every single event, in order, none twice. */
    events: (after: number) =>
      followOn({
        after,
        open: async (from) => transport.follow(SessionEventsDocument, { sessionId, after: from }, { token: await freshToken() }),
        toEvent: ({ sessionEvents }) => sessionEvents,
        toRevision: ({ revision }) => revision,
      }),
    /** Asks who has not voted yet to do so, all of them or one; who was nudged. RATE_LIMITED: they were a moment ago. */
    nudge: async (roundId: string, participantId?: string) =>
      (await ask(NudgeDocument, { roundId, ...(participantId === undefined ? {} : { participantId }) })).nudge,
    /** Shows the others how one feels, for some seconds. RATE_LIMITED after six in six seconds. */
    react: async (reaction: Reaction) => (await ask(ReactDocument, { reaction })).react,
    /** Nudges and reactions of everybody, from now on. Nothing of them is kept: what comes while the connection is lost is gone. */
    signals: () =>
      followOn({
        after: 0,
        open: async () => transport.follow(SessionSignalsDocument, { sessionId }, { token: await freshToken() }),
        toEvent: ({ sessionSignals }) => sessionSignals,
      }),
  };
}
