const sources: Readonly<Record<string, string>> = import.meta.glob('../../tour/operations/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const unknown = '';

/** README's tour in its order, with its variables; what only an earlier answer knows is left empty, to be pasted. Other operations come after. */
const tour: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'parse-issues': { text: 'Let us look at SHOP-20, then SHOP-21 and https://jira.example/browse/SHOP-22' },
  'search-issues': { jql: 'project = SHOP AND sprint = "Shop sprint 24" ORDER BY key' },
  'create-session': { title: 'Sprint 24', name: 'Robin' },
  'join-session': { inviteCode: unknown, name: 'Ada' },
  'add-issues': { sessionId: unknown, jql: 'project = SHOP AND sprint = "Shop sprint 24" ORDER BY key' },
  'read-session': { sessionId: unknown },
  'vote-results': { sessionId: unknown },
  'start-round': { sessionId: unknown },
  'cast-vote': { roundId: unknown, card: '3' },
  'my-vote': { roundId: unknown },
  'reveal-round': { roundId: unknown },
  'settle-round': { roundId: unknown, estimate: 3 },
  'read-issue': { key: 'SHOP-20' },
};

export interface Tab {
  readonly query: string;
  readonly variables: string;
}

/** A tab for each operation of the tour, its variables filled with the tour's values. */
export function createTabs(): Tab[] {
  const named = Object.entries(sources).map(([path, query]) => ({ name: path.replace(/^.*\/|\.graphql$/g, ''), query: query.trimEnd() }));
  const names = Object.keys(tour);
  const placeOf = (name: string): number => (names.includes(name) ? names.indexOf(name) : names.length);
  return named
    .sort((one, other) => placeOf(one.name) - placeOf(other.name))
    .map(({ name, query }) => ({ query, variables: JSON.stringify(tour[name] ?? {}, null, 2) }));
}
