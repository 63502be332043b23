import { requireRevision } from '../commands/commands.ts';
import { getFacilitator, getItem, requireOpen } from '../domain/access.ts';
import type { Answer } from '../domain/change.ts';
import { noteDecision } from '../domain/decisions.ts';
import { addIssues, addTopics, deferItem, editTopic, moveItem, removeItem, reopenItem, reorderItems, skipItem } from '../domain/queue.ts';
import { requireFew, requireRoom } from '../domain/queue-size.ts';
import type { NotFoundReason } from '../jira/issue-catalog.ts';
import { getSeat, requireJiraAccess } from './context.ts';
import { findIssues } from './finding.ts';
import type { MutationResolvers } from './generated/types.ts';
import { findReplay, type MutationResult, runMutation } from './run-mutation.ts';
import type { ItemView, SessionView } from './views.ts';

/** The mutations of a session's queue. */
export const queueMutations = {
  addIssues: async (_root, args, context, info) => {
    // First the picture, then the look for a copy of this request: the picture is never one that the copy has changed.
    const { state: seen, participant } = await getSeat(context, args.sessionId);
    const replay = await findReplay(context, info, args);
    if (replay !== undefined) return toAddedItems(replay.view, replay.answer);
    getFacilitator(seen, participant.id);
    await requireJiraAccess(context);
    requireOpen(seen);
    requireRevision(seen, args.expectedRevision);
    const {
      found: issues,
      notFound,
      notFoundReasons,
      isComplete,
    } = await findIssues(
      context,
      args,
      seen.session.tracks.map((track) => track.id),
    );
    const drafts = issues.map(({ key, id, estimates, fetchedAt }) => ({
      id: context.services.newId(),
      issueKey: key,
      issueId: id,
      seenInJira: estimates,
      seenAt: fetchedAt,
    }));
    let found: Answer | null = null;
    const { view, answer } = await runMutation(context, info, args, (state, acting) => {
      const { change, added, duplicates } = addIssues(state, acting, drafts);
      found = { added: added.map(({ id }) => id), duplicates, notFound, notFoundReasons, truncated: isComplete ? [] : ['jql'] };
      return change === null ? null : { ...change, answer: found };
    });
    return toAddedItems(view, answer ?? found);
  },

  addTopics: async (_root, args, context, info) => {
    const { view, answer } = await runMutation(context, info, args, (state, acting) => {
      getFacilitator(state, acting.actorId);
      requireFew(args.topics.length, 'topics');
      requireRoom(state, args.topics.length);
      const drafts = args.topics.map((topic) => ({ id: context.services.newId(), topic }));
      const { change, added } = addTopics(state, acting, drafts);
      return { ...change, answer: { added: added.map(({ id }) => id) } };
    });
    return toAddedItems(view, answer);
  },

  editTopic: async (_root, args, context, info) =>
    toItemView(await runMutation(context, info, args, (state, acting) => editTopic(state, acting, args.itemId, args.topic)), args.itemId),

  moveItem: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => moveItem(state, acting, args.itemId, args.to));
    return view;
  },

  removeItem: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => removeItem(state, acting, args.itemId));
    return view;
  },

  reorderItems: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => reorderItems(state, acting, args.itemIds));
    return view;
  },

  skipItem: async (_root, args, context, info) =>
    toItemView(await runMutation(context, info, args, (state, acting) => skipItem(state, acting, args.itemId)), args.itemId),

  noteDecision: async (_root, args, context, info) => {
    const noted = await runMutation(context, info, args, (state, acting) =>
      noteDecision(state, acting, args.itemId, args.decision ?? null),
    );
    context.services.wakeWriteBack();
    return toItemView(noted, args.itemId);
  },

  deferItem: async (_root, args, context, info) =>
    toItemView(await runMutation(context, info, args, (state, acting) => deferItem(state, acting, args.itemId)), args.itemId),

  reopenItem: async (_root, args, context, info) =>
    toItemView(await runMutation(context, info, args, (state, acting) => reopenItem(state, acting, args.itemId)), args.itemId),
} satisfies Partial<MutationResolvers>;

/** Of what was added, that which is still in the queue. */
function toAddedItems(session: SessionView, answer: Answer | null) {
  const { added = [], duplicates = [], notFound = [], notFoundReasons = [], truncated = [] } = answer ?? {};
  return {
    session,
    added: session.state.items.pick(added).map((item) => ({ session, item })),
    duplicates,
    notFound,
    notFoundReasons: notFoundReasons as NotFoundReason[],
    isComplete: truncated.length === 0,
  };
}

function toItemView({ view }: MutationResult, itemId: string): ItemView {
  return { session: view, item: getItem(view.state, itemId) };
}
