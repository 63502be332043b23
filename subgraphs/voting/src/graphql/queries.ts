import { getState } from '../commands/commands.ts';
import { getFacilitator, getRound } from '../domain/access.ts';
import { avatarEmojis } from '../domain/avatars.ts';
import { decks } from '../domain/decks.ts';
import { refuse } from '../domain/errors.ts';
import { splitDuplicates } from '../domain/queue.ts';
import { refuseInput } from '../domain/reasons.ts';
import { getCard } from '../domain/rounds.ts';
import { trackPresets } from '../domain/tracks.ts';
import { isWaiting, needsApproval } from '../domain/waiting.ts';
import { planWriteBacks } from '../domain/write-backs.ts';
import { getSeat, getToken, requireJiraAccess, toView } from './context.ts';
import { findIssues } from './finding.ts';
import type { QueryResolvers } from './generated/types.ts';
import { findOwnSessions } from './own-sessions.ts';
import { findReferencesFor } from './references.ts';

const mostPlaces = 50;

export const queries = {
  session: async (_root, { id }, context) => toView(context.services.store, (await getSeat(context, id)).state),

  invitation: async (_root, { inviteCode }, { services }) => {
    const { store, now } = services;
    const sessionId = await store.findSessionId(inviteCode);
    const state = sessionId === undefined ? undefined : await store.load(sessionId);
    if (state === undefined) return refuse('INVITE_NOT_FOUND', 'This invitation leads nowhere: ask for a new one.');
    const { id, title, state: lifecycle, deck, tracks } = state.session;
    return { sessionId: id, title, state: lifecycle, deck, tracks, needsApproval: needsApproval(state, now(), services) };
  },

  myVote: async (_root, { roundId }, context) => {
    const { state, participant } = await getSeat(context);
    const round = getRound(state, roundId);
    const votes = await context.services.store.findVotes([round.id]);
    return votes
      .filter((vote) => vote.participantId === participant.id)
      .map((vote) => ({ track: vote.track, card: getCard(round, vote.card), note: vote.note }));
  },

  previewIssues: async (_root, given, context) => {
    const { state, participant } = await getSeat(context, given.sessionId);
    getFacilitator(state, participant.id);
    await requireJiraAccess(context);
    const { found, notFound } = await findIssues(context, given, []);
    const { fresh } = splitDuplicates(
      state,
      found.map(({ key, id }) => ({ issueKey: key, issueId: id })),
    );
    const isFresh = new Set(fresh.map(({ issueKey }) => issueKey));
    const candidates = [...new Set(found.map(({ key }) => key))];
    return { candidates: candidates.map((key) => ({ issue: { key }, isDuplicate: !isFresh.has(key) })), notFound };
  },

  writeBackPlan: async (_root, { sessionId }, context) => {
    const { state, participant } = await getSeat(context, sessionId);
    getFacilitator(state, participant.id);
    const keys = [...new Set(state.estimates.flatMap((estimate) => estimate.issueKey ?? []))];
    const { catalog, store } = context.services;
    const tracks = state.session.tracks.map((track) => track.id);
    const found = keys.length === 0 ? [] : (await catalog.findIssues({ keys, tracks }, context)).issues;
    const session = toView(store, state);
    return planWriteBacks(state, new Map(found.map((issue) => [issue.key, issue.estimates]))).map((planned) => ({
      ...planned,
      item: { session, item: planned.item },
    }));
  },

  references: (_root, asked, context) => findReferencesFor(context, asked),

  mySessions: (_root, { first, after }, context) => findOwnSessions(context, first, after),

  reportLinks: async (_root, _arguments, context) => {
    const { state, participant } = await getSeat(context);
    getFacilitator(state, participant.id);
    const session = toView(context.services.store, state);
    return (await context.services.places.listReports(state.session.id)).map(({ id, createdAt, participantId }) => {
      const maker = state.participants.find((each) => each.id === participantId);
      return { id, createdAt, createdBy: maker === undefined ? null : { session, participant: maker } };
    });
  },

  sharedReport: async (_root, _arguments, context) => {
    const { tokens, places, store } = context.services;
    const { linkId, sessionId } = await tokens.verifyReader(getToken(context));
    if ((await places.findReport(sessionId, linkId)) === undefined) refuse('LINK_NOT_FOUND', 'This link leads to no report any more.');
    return toView(store, await getState(store, sessionId));
  },

  places: (_root, { refreshSecrets }, { services: { places, store } }) => {
    if (refreshSecrets.length > mostPlaces)
      refuseInput('OUT_OF_RANGE', { field: 'refreshSecrets', least: 0, most: mostPlaces, given: refreshSecrets.length });
    return Promise.all(
      refreshSecrets.map(async (secret) => {
        const opened = await places.look(secret);
        const state = opened && (await store.load(opened.sessionId));
        if (opened === undefined || state === undefined) return null;
        const isThere = state.participants.some(({ id, leftAt }) => id === opened.participantId && leftAt === null);
        return isThere || isWaiting(state, opened.participantId)
          ? { session: toView(store, state), participantId: opened.participantId }
          : null;
      }),
    );
  },

  me: async (_root, _arguments, context) => {
    const { state, participant } = await getSeat(context);
    return { session: toView(context.services.store, state), participant };
  },

  decks: () => decks,
  avatarEmojis: () => avatarEmojis,

  trackPresets: () => trackPresets,
} satisfies QueryResolvers;
