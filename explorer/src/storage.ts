import type { GraphiQLProps } from 'graphiql';

type Storage = NonNullable<GraphiQLProps['storage']>;

/** What belongs to one visit: the tabs are of sessions that are over by the next one. */
const ofOneVisit = /^graphiql:(tabState|query|variables|headers|operationName)$/;

/** The browser's storage, where GraphiQL keeps its theme and the history of what was run; each visit begins with the tour's tabs. */
export function createStorage(): Storage {
  const isKept = (name: string): boolean => !ofOneVisit.test(name);
  return {
    getItem: (name) => (isKept(name) ? localStorage.getItem(name) : null),
    setItem: (name, value) => {
      if (isKept(name)) localStorage.setItem(name, value);
    },
    removeItem: (name) => localStorage.removeItem(name),
    clear: () => localStorage.clear(),
    get length() {
      return localStorage.length;
    },
  };
}
