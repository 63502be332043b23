import { getFacilitator, getItem } from '../domain/access.ts';
import type { Item } from '../domain/model.ts';
import { addIssues, addTopics, deferItem, editTopic, moveItem, removeItem, reopenItem, reorderItems, skipItem } from '../domain/queue.ts';
import { type Commanded, command } from './commanding.ts';
import { getSeat } from './context.ts';
import { findIssues } from './finding.ts';
import type { MutationResolvers } from './generated/types.ts';
import type { ItemView } from './views.ts';

/** The mutations of a session's queue. */
export const queueMutations = {
  addIssues: async (_root, given, context) => {
    const { state: seen, participant } = await getSeat(context, given.sessionId);
    getFacilitator(seen, participant.id);
    const { found, notFound } = await findIssues(context, given);
    const drafts = found.map(({ key, storyPoints }) => ({ id: context.services.newId(), issueKey: key, seenInJira: storyPoints }));
    let added: readonly Item[] = [];
    let duplicates: readonly string[] = [];
    const { view } = await command(context, 'addIssues', given, (state, acting) => {
      const decided = addIssues(state, acting, drafts);
      ({ added, duplicates } = decided);
      return decided.change;
    });
    return {
      session: view,
      added: added.map((item) => ({ session: view, item })),
      duplicates,
      notFound,
    };
  },

  addTopics: async (_root, given, context) => {
    const drafts = given.topics.map((topic) => ({ id: context.services.newId(), topic }));
    const { view } = await command(context, 'addTopics', given, (state, acting) => addTopics(state, acting, drafts).change);
    const added = view.state.items.filter((item) => drafts.some((draft) => draft.id === item.id));
    return { session: view, added: added.map((item) => ({ session: view, item })), duplicates: [], notFound: [] };
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

function toItemView({ view }: Commanded, itemId: string): ItemView {
  return { session: view, item: getItem(view.state, itemId) };
}
