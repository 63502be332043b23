import { requireRevision } from '../commands/commands.ts';
import { getFacilitator, getItem, requireOpen } from '../domain/access.ts';
import type { Answer } from '../domain/change.ts';
import { addIssues, addTopics, deferItem, editTopic, moveItem, removeItem, reopenItem, reorderItems, skipItem } from '../domain/queue.ts';
import { type Commanded, command, findReplay } from './commanding.ts';
import { getSeat } from './context.ts';
import { findIssues } from './finding.ts';
import type { MutationResolvers } from './generated/types.ts';
import type { ItemView, SessionView } from './views.ts';

/** The mutations of a session's queue. */
export const queueMutations = {
  addIssues: async (_root, given, context) => {
    // First the picture, then the look for a copy of this request: the picture is never one that the copy has changed.
    const { state: seen, participant } = await getSeat(context, given.sessionId);
    const repeated = await findReplay(context, 'addIssues', given);
    if (repeated !== undefined) return toAddedItems(repeated.view, repeated.answer);
    getFacilitator(seen, participant.id);
    requireOpen(seen);
    requireRevision(seen, given.expectedRevision);
    const { found: issues, notFound } = await findIssues(
      context,
      given,
      seen.session.tracks.map((track) => track.id),
    );
    const drafts = issues.map(({ key, estimates, fetchedAt }) => ({
      id: context.services.newId(),
      issueKey: key,
      seenInJira: estimates,
      seenAt: fetchedAt,
    }));
    let found: Answer | null = null;
    const { view, answer } = await command(context, 'addIssues', given, (state, acting) => {
      const { change, added, duplicates } = addIssues(state, acting, drafts);
      found = { added: added.map(({ id }) => id), duplicates, notFound };
      return change === null ? null : { ...change, answer: found };
    });
    return toAddedItems(view, answer ?? found);
  },

  addTopics: async (_root, given, context) => {
    const drafts = given.topics.map((topic) => ({ id: context.services.newId(), topic }));
    const { view, answer } = await command(context, 'addTopics', given, (state, acting) => {
      const { change, added } = addTopics(state, acting, drafts);
      return { ...change, answer: { added: added.map(({ id }) => id) } };
    });
    return toAddedItems(view, answer);
  },

  editTopic: async (_root, given, context) =>
    toItemView(
      await command(context, 'editTopic', given, (state, acting) => editTopic(state, acting, given.itemId, given.topic)),
      given.itemId,
    ),

  moveItem: async (_root, given, context) => {
    const { view } = await command(context, 'moveItem', given, (state, acting) => moveItem(state, acting, given.itemId, given.to));
    return view;
  },

  removeItem: async (_root, given, context) => {
    const { view } = await command(context, 'removeItem', given, (state, acting) => removeItem(state, acting, given.itemId));
    return view;
  },

  reorderItems: async (_root, given, context) => {
    const { view } = await command(context, 'reorderItems', given, (state, acting) => reorderItems(state, acting, given.itemIds));
    return view;
  },

  skipItem: async (_root, given, context) =>
    toItemView(await command(context, 'skipItem', given, (state, acting) => skipItem(state, acting, given.itemId)), given.itemId),

  deferItem: async (_root, given, context) =>
    toItemView(await command(context, 'deferItem', given, (state, acting) => deferItem(state, acting, given.itemId)), given.itemId),

  reopenItem: async (_root, given, context) =>
    toItemView(await command(context, 'reopenItem', given, (state, acting) => reopenItem(state, acting, given.itemId)), given.itemId),
} satisfies MutationResolvers;

/** Of what was added, that which is still in the queue. */
function toAddedItems(session: SessionView, answer: Answer | null) {
  const { added = [], duplicates = [], notFound = [] } = answer ?? {};
  const items = session.state.items.filter((item) => added.includes(item.id));
  return { session, added: items.map((item) => ({ session, item })), duplicates, notFound };
}

function toItemView({ view }: Commanded, itemId: string): ItemView {
  return { session: view, item: getItem(view.state, itemId) };
}
