import { getItem } from '../domain/access.ts';
import { refuse } from '../domain/errors.ts';
import type { Item } from '../domain/model.ts';
import { addIssues, addTopics, deferItem, maxItems, removeItem, reopenItem, reorderItems, skipItem } from '../domain/queue.ts';
import type { CatalogIssue } from '../jira/issue-catalog.ts';
import { type Commanded, command } from './commanding.ts';
import { getSeat, type VotingContext } from './context.ts';
import type { MutationResolvers } from './generated/types.ts';
import type { ItemView } from './views.ts';

/** The mutations of a session's queue. */
export const queueMutations = {
  addIssues: async (_root, given, context) => {
    await getSeat(context, given.sessionId);
    const keys = given.keys?.map((key) => key.trim().toUpperCase());
    const found = await findIssues(context, keys, given.jql);
    const known = new Map(found.map((issue) => [issue.key, issue]));
    const asked = keys ?? found.map((issue) => issue.key);
    const drafts = asked
      .flatMap((key) => known.get(key) ?? [])
      .map(({ key, storyPoints }) => ({ id: context.services.newId(), issueKey: key, seenInJira: storyPoints }));
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
      notFound: [...new Set(asked)].filter((key) => !known.has(key)),
    };
  },

  addTopics: async (_root, given, context) => {
    const drafts = given.topics.map((topic) => ({ id: context.services.newId(), topic }));
    const { view } = await command(context, 'addTopics', given, (state, acting) => addTopics(state, acting, drafts).change);
    const added = view.state.items.filter((item) => drafts.some((draft) => draft.id === item.id));
    return { session: view, added: added.map((item) => ({ session: view, item })), duplicates: [], notFound: [] };
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

async function findIssues(
  context: VotingContext,
  keys: readonly string[] | undefined,
  jql: string | null | undefined,
): Promise<readonly CatalogIssue[]> {
  const { services, authorization, requestId } = context;
  if ((keys === undefined) === (jql == null)) refuse('INVALID_INPUT', 'Give either keys or jql.');
  if (jql != null) return services.catalog.search(jql, maxItems, { authorization, requestId });
  const unique = [...new Set(keys)];
  if (unique.length > maxItems) refuse('TOO_MANY_ITEMS', `${unique.length} keys are too many; ${maxItems} are allowed.`);
  if (unique.length === 0) refuse('INVALID_INPUT', 'There is no key to add.');
  return services.catalog.findIssues(unique, { authorization, requestId });
}

function toItemView({ view }: Commanded, itemId: string): ItemView {
  return { session: view, item: getItem(view.state, itemId) };
}
